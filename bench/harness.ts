import * as tf from '@tensorflow/tfjs'
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { openBackend } from '../src/engine/backends.ts'
import type { CrewPlace } from '../src/engine/native/planCrew.ts'
import type { BenchBackend, BenchExecutor } from './BenchRow.ts'
import type { BenchCase } from './benchCase.ts'
import {
  type Contender,
  composedContender,
  fusedContender,
  nativeContender,
  stockContender,
} from './contenders.ts'
import type { Repeated } from './GrowthRow.ts'
import { measureFusedKernels } from './kernels/measureFusedKernels.ts'
import { measureKernels } from './kernels/measureKernels.ts'
import { measureDenormals } from './measureDenormals.ts'
import { type GrowthSubject, openGrowthSubject } from './openGrowthSubject.ts'
import { watchLaunches } from './watchLaunches.ts'
import { type DeviceObjects, watchObjects } from './watchObjects.ts'

/** A contender in the page. */
export interface PageEntry {
  readonly executor: Exclude<BenchExecutor, 'pytorch'>
  readonly backend: BenchBackend
  /** Where each network trains; read by the native engine. */
  readonly places: readonly CrewPlace[]
}

export interface Started {
  /** By which it is asked to take its turns. */
  readonly id: number
  readonly buildMs: number
  readonly firstStepMs: number
  readonly networkBytes: readonly number[] | null
  readonly deviceBytes: number | null
}

/** What a contender did when it was its turn, by step. */
export interface Turn {
  readonly stepMs: number
  readonly keptMs: number
  readonly launches: number
}

export interface BenchHarness {
  readonly isIsolated: boolean
  /** Opens tfjs's WebGL; gives its renderer. */
  renderer(): Promise<string>
  start(benchCase: BenchCase, entry: PageEntry): Promise<Started>
  turn(id: number, steps: number): Promise<Turn>
  readonly measureKernels: typeof measureKernels
  readonly measureFusedKernels: typeof measureFusedKernels
  readonly measureDenormals: typeof measureDenormals
  /** The one executor that is watched for what it leaves behind. */
  readonly growth: {
    open(benchCase: BenchCase): Promise<void>
    repeat(what: Repeated, times: number): Promise<number>
    held(): DeviceObjects & { readonly deviceBytes: number }
  }
}

declare global {
  interface Window {
    benchHarness?: BenchHarness
  }
}

const wasmUrl = {
  'tfjs-backend-wasm.wasm': plainUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': simdUrl,
}

const devices = new Map<BenchBackend, string>()

/** Makes a backend that of tfjs; gives what it computes on. */
const useTfjs = async (backend: BenchBackend): Promise<string> => {
  const device = devices.get(backend) ?? (await openBackend(backend, { wasmUrl })).facts.device
  devices.set(backend, device)
  await tf.setBackend(backend)
  return device
}

/** Whether a contender computes with tfjs, which has one backend at a time for all who use it. */
const usesTfjs = ({ executor }: PageEntry): boolean => executor === 'stock' || executor === 'composed'

const contenderOf = async (benchCase: BenchCase, entry: PageEntry): Promise<Contender> => {
  switch (entry.executor) {
    case 'native':
      return nativeContender(benchCase, entry.places)
    case 'fused':
      return fusedContender(benchCase)
    case 'composed':
      return composedContender(benchCase)
    case 'stock':
      return stockContender(benchCase, {
        firstWait: launches.firstWait,
        textureBytes: () => objects().textureBytes,
      })
    default:
      return entry.executor satisfies never
  }
}

const launches = watchLaunches()
const objects = watchObjects()
let growthSubject: GrowthSubject | null = null
const started: { readonly contender: Contender; readonly entry: PageEntry }[] = []

const take = async (contender: Contender, steps: number): Promise<Turn> => {
  launches.take()
  const start = performance.now()
  const keptMs = await contender.run(steps)
  const ms = performance.now() - start
  return { stepMs: ms / steps, keptMs: keptMs / steps, launches: launches.take() / steps }
}

window.benchHarness = {
  isIsolated: window.crossOriginIsolated,
  renderer: () => useTfjs('webgl'),
  async start(benchCase, entry) {
    if (usesTfjs(entry)) await useTfjs(entry.backend)
    const before = performance.now()
    const contender = await contenderOf(benchCase, entry)
    const buildMs = performance.now() - before
    const { stepMs } = await take(contender, 1)
    const id = started.push({ contender, entry }) - 1
    return {
      id,
      buildMs,
      firstStepMs: stepMs,
      networkBytes: contender.networkBytes(),
      deviceBytes: contender.deviceBytes(),
    }
  },
  async turn(id, steps) {
    const one = started[id]
    if (one === undefined) throw new Error(`There is no contender ${id}.`)
    if (usesTfjs(one.entry)) await useTfjs(one.entry.backend)
    return take(one.contender, steps)
  },
  measureKernels,
  measureFusedKernels,
  async measureDenormals(isQuick) {
    await useTfjs('wasm')
    return measureDenormals(isQuick)
  },
  growth: {
    async open(benchCase) {
      growthSubject = await openGrowthSubject(benchCase)
    },
    async repeat(what, times) {
      if (growthSubject === null) throw new Error('Nothing is watched yet.')
      return growthSubject.repeat(what, times)
    },
    held: () => ({ ...objects(), deviceBytes: growthSubject?.deviceBytes() ?? 0 }),
  },
}
