import { curveLabel } from './curveLabel.ts'
import type { StepPoint } from './run.ts'
import { ofNetwork, type Verdict, type VerdictInput, verdict, words } from './verdictParts.ts'

/** The verdict where a network's loss stopped being a number; null where none did. */
export const divergenceVerdict = ({ spec, steps, failure }: VerdictInput): Verdict | null => {
  const isFailure = failure?.kind === 'diverged'
  const broken = steps.find((point) => brokenNetwork(point) !== null)
  if (!isFailure && broken === undefined) return null
  const network = failure?.network ?? (broken === undefined ? null : brokenNetwork(broken))
  const curve = network === null ? undefined : spec.networks[network]
  const name =
    network === null || curve === undefined ? words('A network') : ofNetwork(network, curveLabel(curve))
  // Points end before the step that broke.
  const when = `at step ${broken?.step ?? (steps.at(-1)?.step ?? 0) + 1}`
  return verdict(
    'diverged',
    null,
    [name, words(` diverged ${when}: its loss is no longer a number.`)],
    ['So this run says nothing about depth.', 'A lower learning rate or a longer warm-up usually helps.'],
  )
}

/** The first network whose measurements at this step are no numbers. */
const brokenNetwork = ({ losses, trainingErrors }: StepPoint): number | null => {
  const isBroken = (value: number): boolean => !Number.isFinite(value)
  const network = Math.max(losses.findIndex(isBroken), trainingErrors.findIndex(isBroken))
  return network < 0 ? null : network
}
