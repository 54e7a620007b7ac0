import { costOf } from '../domain/cost.ts'
import { curveLabel } from '../domain/curveLabel.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { ShortcutType } from '../domain/networkSpec.ts'
import { performedSpec } from '../domain/performedSpec.ts'
import {
  type DeviceFacts,
  type EvaluationPoint,
  type FairnessChecks,
  finalErrorsOf,
  finalMinibatches,
  type Mark,
  type Run,
  type RunFailure,
  type RunStatus,
  type StepPoint,
} from '../domain/run.ts'
import { verdictOf } from '../domain/verdict.ts'
import { shortestLink } from './shortestLink.ts'

export interface ReportedNetwork {
  readonly label: string
  readonly depth: number
  readonly shortcut: ShortcutType
  /** Trainable numbers. */
  readonly parameters: number
  /** Percent: the mean of the last `finalMinibatches` minibatches, and the validation subset at the last evaluation; null where unmeasured. */
  readonly final: { readonly trainingError: number | null; readonly validationError: number | null }
}

/** What `run.json` holds: plain data, ready for `JSON.stringify`. Errors are percentages, losses nats. */
export interface RunReport {
  readonly formatVersion: 1
  readonly application: { readonly name: 'Degradation Lab'; readonly version: string }
  /** Hash of the link that repeats this run, live switches included. */
  readonly link: string
  readonly spec: ExperimentSpec
  readonly seed: number
  readonly executor: DeviceFacts['executor'] | null
  readonly backend: DeviceFacts['backend'] | null
  readonly device: string | null
  /** Threads that trained. */
  readonly threads: number | null
  /** Whether the link gives these numbers, bit for bit, on any device. */
  readonly reproducible: boolean | null
  /** Short hexadecimal digest of the final weights of all networks; null where the run did not finish. */
  readonly weightsDigest: string | null
  readonly seconds: number
  readonly status: RunStatus
  readonly stepsTaken: number
  readonly verdict: {
    readonly degradation: boolean | null
    /** Headline and detail. */
    readonly sentence: string
    readonly headline: string
    readonly detail: string
  }
  readonly networks: readonly ReportedNetwork[]
  readonly finalMinibatches: number
  readonly checks: FairnessChecks | null
  readonly marks: readonly Mark[]
  readonly failure: RunFailure | null
  readonly steps?: readonly StepPoint[]
  readonly evaluations?: readonly EvaluationPoint[]
}

/**
 * A run as an archive.
 * @param version of the lab that made it
 * @param options `series`: with every measurement, false by default; `metricsCsv` has them too
 */
export const runReport = (
  run: Run,
  version: string,
  options: { readonly series?: boolean } = {},
): RunReport => {
  const { spec, device } = run
  const { degradation, sentence: headline, detail } = verdictOf(run)
  const cost = costOf(spec)
  const networks = spec.networks.map((curve, network): ReportedNetwork => {
    const final = finalErrorsOf(run, network)
    return {
      label: curveLabel(curve),
      depth: curve.depth,
      shortcut: curve.shortcut,
      parameters: run.checks?.parameters[network] ?? cost.networks[network]?.parameters ?? 0,
      final: {
        trainingError: rounded(final?.trainingError),
        validationError: rounded(final?.validationError),
      },
    }
  })
  return {
    formatVersion: 1,
    application: { name: 'Degradation Lab', version },
    link: shortestLink(performedSpec(run)),
    spec,
    seed: spec.seed,
    executor: device?.executor ?? null,
    backend: device?.backend ?? null,
    device: device?.device ?? null,
    threads: device?.threads ?? null,
    reproducible: device?.reproducible ?? null,
    weightsDigest: run.weightsDigest,
    seconds: rounded(run.seconds) ?? 0,
    status: run.status,
    stepsTaken: run.steps.at(-1)?.step ?? 0,
    verdict: { degradation, sentence: detail === '' ? headline : `${headline} ${detail}`, headline, detail },
    networks,
    finalMinibatches,
    checks: run.checks,
    marks: run.marks,
    failure: run.failure,
    ...(options.series === true ? { steps: run.steps, evaluations: run.evaluations } : {}),
  }
}

/** Three decimals; null for what was not measured or is no number, as JSON has none. */
const rounded = (value: number | null | undefined): number | null =>
  value == null || !Number.isFinite(value) ? null : Math.round(value * 1000) / 1000
