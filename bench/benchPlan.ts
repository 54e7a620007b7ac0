import { countNetwork } from '../src/domain/countNetwork.ts'
import type { CurveSpec } from '../src/domain/curveSpec.ts'
import { presetNamed } from '../src/domain/presets.ts'
import { type CrewPlace, planCrew } from '../src/engine/native/planCrew.ts'
import type { BenchBackend, BenchExecutor } from './BenchRow.ts'
import { type BenchCase, plansOf } from './benchCase.ts'

/** Who takes part. */
export interface Entry {
  readonly executor: BenchExecutor
  readonly backend: BenchBackend
  /** Where each network trains; nobody asks who draws, nor tfjs. */
  readonly places: readonly CrewPlace[]
}

/** Who trains what. */
export interface Contestant {
  readonly benchCase: BenchCase
  readonly entry: Entry
}

/** Contestants that take turns, so that their times can be compared. */
export type Contest = readonly Contestant[]

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

const depths = [8, 20, 32, 56]

/** `quick`: a few minutes; else all that is asked about speed. `cores` of the machine. */
export const benchPlan = (isQuick: boolean, cores: number): readonly Contest[] => {
  const { networks, recipe } = presetNamed('default').spec
  const everything: BenchCase = { curves: networks, batch: recipe.batchSize }
  const among = (benchCase: BenchCase, others: readonly Entry[] = []): Contest =>
    contest(benchCase, [...peersOn(benchCase, cores), fused, ...others])
  if (isQuick) {
    return [
      among(one(8), [stock, onTfjs('webgl')]),
      // A stock step of two networks takes many seconds where no graphics card draws: at one depth then.
      ...depths.map((depth) => among(two(depth), depth === 20 ? [stock] : [])),
      seedsApart,
      ...[one(20), one(20, 16), everything, ...relatives.map(family)].map((benchCase) => among(benchCase)),
    ]
  }
  return [
    ...depths.flatMap((depth) => [
      among(one(depth), depth === 8 ? [stock, onTfjs('webgl'), onTfjs('cpu')] : []),
      among(two(depth), depth === 20 ? [stock, onTfjs('webgl')] : [stock]),
    ]),
    seedsApart,
    ...[20, 32].flatMap((depth) =>
      [16, 128].flatMap((images) => [among(one(depth, images)), among(two(depth, images))]),
    ),
    among(everything, [stock, onTfjs('webgl')]),
    ...relatives.map((curve) => among(family(curve))),
  ]
}

const contest = (benchCase: BenchCase, entries: readonly Entry[]): Contest =>
  entries.map((entry) => ({ benchCase, entry }))

const onTfjs = (backend: BenchBackend): Entry => ({ executor: 'composed', backend, places: [] })
const stock: Entry = { executor: 'stock', backend: 'webgl', places: [] }
const fused: Entry = { executor: 'fused', backend: 'webgl', places: [] }

/** What more networks of the same shape cost where they are drawn side by side. */
const seedsApart: Contest = [two(20, 16), { ...two(20, 16), seeds: 5 }].flatMap((benchCase) =>
  contest(benchCase, [fused]),
)

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

/** Threads that train, all networks together; the one that draws, where WebGL does. */
export const threadsOf = ({ executor, places }: Entry): number => {
  if (executor === 'stock' || executor === 'composed' || executor === 'fused') return 1
  const workers = new Map(places.map(({ worker, threads }) => [worker, threads]))
  return [...workers.values()].reduce((sum, threads) => sum + threads, 0)
}
