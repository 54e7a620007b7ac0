import { curveLabel } from './experimentSpec.ts'
import { ofNetwork, type Verdict, type VerdictInput, verdict, words } from './verdictParts.ts'
import { stepsText } from './verdictWords.ts'

/** The verdict where a network's loss stopped being a number; null where none did. */
export const divergenceVerdict = (run: VerdictInput): Verdict | null => {
  const network = divergedNetwork(run)
  if (network === null) return null
  const curve = run.spec.networks[network]
  const name = curve === undefined ? words('A network') : ofNetwork(network, curveLabel(curve))
  const taken = run.steps.at(-1)?.step ?? 0
  const when = taken === 0 ? 'in its first steps' : `within ${stepsText(taken)}`
  return verdict(
    'diverged',
    null,
    [name, words(` diverged ${when}: its loss is no longer a number.`)],
    ['So this run says nothing about depth.', 'A lower learning rate or a longer warm-up usually helps.'],
  )
}

/** -1 where it is known that one diverged, but not which. */
const divergedNetwork = ({ failure, steps, spec }: VerdictInput): number | null => {
  const isFailure = failure?.kind === 'diverged'
  if (isFailure && failure.network !== null) return failure.network
  const last = steps.at(-1)
  if (last === undefined) return isFailure ? -1 : null
  const broken = spec.networks.findIndex(
    (_, i) => !Number.isFinite(last.losses[i]) || !Number.isFinite(last.trainingErrors[i]),
  )
  return broken >= 0 || isFailure ? broken : null
}
