import { type ComparedNetworks, comparedNetworks } from './comparedNetworks.ts'
import {
  type Estimate,
  errorEstimate,
  firstShortcutChange,
  hasLearned,
  lastMinibatches,
  type ShortcutChange,
} from './comparison.ts'
import type { CurveSpec } from './curveSpec.ts'
import { finalMinibatches, type StepPoint } from './run.ts'
import { ofNetwork, type VerdictInput, type VerdictPart } from './verdictParts.ts'
import { percentText } from './verdictWords.ts'

/** A network in the comparison, with its training error there. */
export interface Contestant {
  readonly index: number
  readonly curve: CurveSpec
  readonly error: Estimate
}

/** Everything that the sentences about a started run are made from. */
export interface VerdictContext {
  readonly run: VerdictInput
  /** Steps taken. */
  readonly taken: number
  /** Steps after which the networks are compared: all, or up to the first switch in a compared network. */
  readonly horizon: number
  readonly isCut: boolean
  /** The last minibatches before the horizon. */
  readonly points: readonly StepPoint[]
  readonly everyNetwork: readonly Contestant[]
  readonly plain: Contestant | null
  readonly reference: Contestant | null
  readonly twin: Contestant | null
  /** Switches that changed what a network is, in order. */
  readonly changes: readonly ShortcutChange[]
}

/**
 * The comparison ends where a plain network gets shortcuts or its twin loses them. Where the latter is too early for the plain networks
 * to have learned anything, they are compared without the twin.
 */
export const verdictContext = (run: VerdictInput): VerdictContext => {
  const taken = run.steps.at(-1)?.step ?? 0
  const compared = comparedNetworks(run.spec.networks)
  const context = contextFor(run, taken, compared)
  const canSpareTwin = compared.twin !== null && compared.reference !== null
  if (!context.isCut || !canSpareTwin || saysSomething(context)) return context
  const withoutTwin = contextFor(run, taken, { ...compared, twin: null })
  return withoutTwin.horizon > context.horizon ? withoutTwin : context
}

/** Whether there are enough minibatches, and a network that has learned something in them. */
export const saysSomething = ({ points, everyNetwork }: VerdictContext): boolean =>
  points.length >= finalMinibatches && everyNetwork.some(({ error }) => hasLearned(error))

const contextFor = (run: VerdictInput, taken: number, compared: ComparedNetworks): VerdictContext => {
  const { networks } = run.spec
  const changes = networks
    .map((_, network) => firstShortcutChange(run, network, taken))
    .filter((change) => change !== null)
    .sort((a, b) => a.step - b.step)
  const inComparison = [compared.plain, compared.reference, compared.twin]
  const first = changes.find(({ network }) => inComparison.includes(network))
  const horizon = first?.step ?? taken
  const points = lastMinibatches(run.steps, horizon)
  const everyNetwork = networks.map((curve, index) => ({ index, curve, error: errorEstimate(points, index) }))
  const contestant = (index: number | null): Contestant | null =>
    index === null ? null : (everyNetwork[index] ?? null)
  return {
    run,
    taken,
    horizon,
    isCut: first !== undefined,
    points,
    everyNetwork,
    plain: contestant(compared.plain),
    reference: contestant(compared.reference),
    twin: contestant(compared.twin),
    changes,
  }
}

/** A network's error in its colour. */
export const errorPart = ({ index, error }: Contestant): VerdictPart =>
  ofNetwork(index, percentText(error.mean))
