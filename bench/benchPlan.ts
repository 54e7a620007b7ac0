import { countNetwork } from '../src/domain/countNetwork.ts'
import type { CurveSpec } from '../src/domain/curveSpec.ts'
import { presetNamed } from '../src/domain/presets.ts'
import { type CrewPlace, planCrew } from '../src/engine/native/planCrew.ts'
import type { BenchBackend, BenchExecutor } from './BenchRow.ts'
import { type BenchCase, plansOf } from './benchCase.ts'

/** Who takes part in a case. */
export interface Entry {
  readonly executor: BenchExecutor
  readonly backend: BenchBackend
  /** Where each network trains; tfjs does not ask. */
  readonly places: readonly CrewPlace[]
}

export interface PlannedCase {
  readonly benchCase: BenchCase
  readonly entries: readonly Entry[]
}

const batch = 64
const plain = (depth: number): CurveSpec => ({ depth, shortcut: 'none' })
const residual = (depth: number): CurveSpec => ({ depth, shortcut: 'A' })
const one = (depth: number, images = batch): BenchCase => ({ curves: [plain(depth)], batch: images })
const two = (depth: number, images = batch): BenchCase => ({
  curves: [plain(depth), residual(depth)],
  batch: images,
})
const family = (curve: CurveSpec): BenchCase => ({ curves: [curve], batch })

/** Block types and orders other than the default one. */
const relatives: readonly CurveSpec[] = [
  { depth: 29, shortcut: 'A', block: 'bottleneck' },
  { depth: 20, shortcut: 'A', order: 'full-preact' },
  { depth: 29, shortcut: 'A', block: 'resnext' },
]

/** `quick`: under two minutes; else all that is asked about speed. `cores` of the machine. */
export const benchPlan = (isQuick: boolean, cores: number): readonly PlannedCase[] => {
  const { networks, recipe } = presetNamed('default').spec
  const everything: BenchCase = { curves: networks, batch: recipe.batchSize }
  const quick: readonly PlannedCase[] = [
    { benchCase: one(8), entries: [...peersOn(one(8), cores), ...onWebgl] },
    ...[one(20), two(20), one(20, 16), everything, ...relatives.map(family)].map((benchCase) => ({
      benchCase,
      entries: peersOn(benchCase, cores),
    })),
  ]
  if (isQuick) return quick
  const drawn = new Set([one(8), two(20), everything].map(keyOf))
  const cases = [
    ...[8, 20, 32, 56].flatMap((depth) => [one(depth), two(depth)]),
    ...[20, 32].flatMap((depth) => [16, 128].flatMap((images) => [one(depth, images), two(depth, images)])),
    everything,
    ...relatives.map(family),
  ]
  return cases.map((benchCase) => ({
    benchCase,
    entries: [
      ...peersOn(benchCase, cores),
      // A step takes seconds there where no graphics card draws.
      ...(drawn.has(keyOf(benchCase)) ? onWebgl : []),
      ...(keyOf(benchCase) === keyOf(one(8)) ? [onTfjs('cpu')] : []),
    ],
  }))
}

const keyOf = (benchCase: BenchCase): string => JSON.stringify(benchCase)

const onTfjs = (backend: BenchBackend): Entry => ({ executor: 'composed', backend, places: [] })

const onWebgl: readonly Entry[] = [{ executor: 'stock', backend: 'webgl', places: [] }, onTfjs('webgl')]

/** The lab's engine and PyTorch on the same threads, and tfjs's WebAssembly on its one. */
const peersOn = (benchCase: BenchCase, cores: number): readonly Entry[] => [
  ...crewsOf(benchCase, cores).flatMap((places): readonly Entry[] => [
    { executor: 'native', backend: 'wasm', places },
    { executor: 'pytorch', backend: 'cpu', places },
  ]),
  onTfjs('wasm'),
]

/** One network with one thread and with two; a worker for each of two; as the lab divides the cores where there are more. */
const crewsOf = (benchCase: BenchCase, cores: number): readonly (readonly CrewPlace[])[] => {
  const { length } = benchCase.curves
  if (length === 1) return [1, 2].map((threads) => [{ worker: 0, threads }])
  if (length === 2) return [benchCase.curves.map((_, worker) => ({ worker, threads: 1 }))]
  const costs = plansOf(benchCase, 'A').map((plan) => countNetwork(plan).multiplyAdds)
  return [planCrew({ cores, canShareMemory: true, costs })]
}

/** Workers, or processes, that its networks are divided among. */
export const workersOf = ({ places }: Entry): number =>
  places.reduce((most, { worker }) => Math.max(most, worker + 1), 0)

/** Threads that train, all networks together. */
export const threadsOf = ({ executor, places }: Entry): number => {
  if (executor === 'stock' || executor === 'composed') return 1
  const workers = new Map(places.map(({ worker, threads }) => [worker, threads]))
  return [...workers.values()].reduce((sum, threads) => sum + threads, 0)
}
