import { initialisationWords } from '../../domain/curveWords.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { useSpec } from '../common/useLab.ts'
import { commonOption } from './commonOption.ts'
import { LazyFold } from './LazyFold.tsx'

/** How the weights start: the remedies that people tried other than shortcuts. */
export const StartFold = () => {
  const facts = useSpec(({ spec }) => factsOf(spec))
  return <LazyFold fold="start" title="Start of the weights" facts={facts} />
}

const factsOf = (spec: ExperimentSpec): string => {
  const common = commonOption(spec, 'initialisation')
  return common === null ? 'they differ' : initialisationWords[common]
}
