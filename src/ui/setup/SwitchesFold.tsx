import type { Intervention } from '../../domain/interventions.ts'
import { useSpec } from '../common/useLab.ts'
import { LazyFold } from './LazyFold.tsx'

const factsOf = (planned: readonly Intervention[]): string => {
  const first = planned[0]
  if (first === undefined) return 'none'
  return planned.length === 1 ? `at step ${first.step}` : `${planned.length}, first at ${first.step}`
}

/** What will be switched in mid-run. */
export const SwitchesFold = () => {
  const facts = useSpec(({ spec }) => factsOf(spec.interventions))
  return <LazyFold fold="switches" title="Planned switches" facts={facts} />
}
