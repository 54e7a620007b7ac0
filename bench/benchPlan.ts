import { presetNamed } from '../src/domain/presets.ts'
import type { BenchRow } from './BenchRow.ts'
import type { BenchCase } from './contenders.ts'
import type { Entry } from './harness.ts'

export interface BenchPlan {
  readonly backends: readonly BenchRow['backend'][]
  readonly cases: readonly {
    readonly benchCase: BenchCase
    readonly entries: readonly Entry[]
    readonly rounds: number
  }[]
}

/** The default experiment's networks together, and one shallow network alone; `quick` leaves out what takes minutes. */
export const benchPlan = (isQuick: boolean): BenchPlan => {
  const { networks, recipe } = presetNamed('default').spec
  const everything: BenchCase = { curves: networks, batch: recipe.batchSize }
  const shallow: BenchCase = { curves: networks.slice(0, 1), batch: recipe.batchSize }
  const webgl: readonly Entry[] = [
    { executor: 'stock', backend: 'webgl', stepsPerRound: 1 },
    { executor: 'composed', backend: 'webgl', stepsPerRound: 1 },
  ]
  const wasm: Entry = { executor: 'composed', backend: 'wasm', stepsPerRound: isQuick ? 3 : 10 }
  const cpu: Entry = { executor: 'composed', backend: 'cpu', stepsPerRound: 1 }
  return {
    backends: isQuick ? ['webgl', 'wasm'] : ['webgl', 'wasm', 'cpu'],
    cases: [
      {
        benchCase: shallow,
        entries: isQuick ? [...webgl, wasm] : [...webgl, wasm, cpu],
        rounds: isQuick ? 3 : 5,
      },
      { benchCase: everything, entries: [...webgl, wasm], rounds: isQuick ? 1 : 5 },
    ],
  }
}
