import type { ImageSet } from '../src/datasets/dataset.ts'
import type { NetworkPlan } from '../src/domain/networkPlan.ts'
import { initialParameters, type TensorValues } from '../src/domain/parameters.ts'
import { createComposedExecutor } from '../src/engine/createComposedExecutor.ts'
import type { Executor, ExecutorRequest } from '../src/engine/executor.ts'
import { flatten, parameterLayout } from '../src/engine/flatLayout.ts'
import { createNativeExecutor } from '../src/engine/native/createNativeExecutor.ts'
import { createNativeNetwork } from '../src/engine/native/createNativeNetwork.ts'
import { loadEngine } from '../src/engine/native/loadEngine.ts'
import { hostHere } from '../src/engine/native/networkHost.ts'
import { noiseImages, plansOf } from './benchCase.ts'
import { median } from './median.ts'

/** A step on numbers so small that they lose digits, beside one on numbers of every day. */
export interface DenormalRow {
  readonly executor: 'native' | 'composed'
  readonly backend: 'wasm'
  readonly what: Tiny
  readonly depth: number
  readonly batch: number
  readonly ordinaryMs: number
  readonly stepMs: number
  /** 1 where the processor never meets such a number. */
  readonly timesOrdinary: number
}

type Tiny = 'activations' | 'gradients' | 'momentum'

interface Scaled {
  readonly images: ImageSet
  readonly initial: TensorValues
  readonly momentum: number
}

const batch = 64
const depth = 20
/** Denormal numbers of float32 lie between 1.4e-45 and 1.2e-38. */
const tiny = 1e-40

const times = (values: Float32Array, factor: number): Float32Array => values.map((value) => value * factor)

const scaledTensors = (
  initial: TensorValues,
  isScaled: (name: string) => boolean,
  factor: number,
): TensorValues =>
  new Map([...initial].map(([name, values]) => [name, isScaled(name) ? times(values, factor) : values]))

/** Numbers that stay as small as they begin, through all layers, in a network whose learning rate is 0. */
const scaledTo = (what: Tiny | null, plan: NetworkPlan): Scaled => {
  const images = noiseImages()
  const initial = initialParameters(plan, 1)
  switch (what) {
    case null:
      return { images, initial, momentum: 0 }
    case 'activations':
      // A normalisation of so little divides by √ε, which the gammas undo.
      return {
        images: { ...images, images: times(images.images, tiny) },
        initial: scaledTensors(initial, (name) => name.endsWith('.gamma'), Math.sqrt(1e-5)),
        momentum: 0,
      }
    case 'gradients': {
      const dense = plan.operations.find(({ kind }) => kind === 'dense')
      const name = dense?.kind === 'dense' ? dense.kernelName : ''
      return { images, initial: scaledTensors(initial, (other) => other === name, 1e-37), momentum: 0 }
    }
    case 'momentum':
      return { images, initial, momentum: tiny }
    default:
      return what satisfies never
  }
}

type OpenExecutor = (request: ExecutorRequest) => Promise<Executor>

/** The lab's own engine, on this thread. */
const openNative: OpenExecutor = async (request) => {
  const module = await loadEngine(false)
  const hosts = request.plans.map(async (plan, index) => {
    const initial = flatten(parameterLayout(plan), request.initial[index] ?? new Map())
    return hostHere(await createNativeNetwork({ module, plan, initial, batchSize: batch, threads: 1 }))
  })
  return createNativeExecutor(request, { hosts: await Promise.all(hosts) })
}

/** Opens a network and gives what times one step of it, milliseconds. */
const open = async (
  openExecutor: OpenExecutor,
  plan: NetworkPlan,
  { images, initial, momentum }: Scaled,
): Promise<() => Promise<number>> => {
  const executor = await openExecutor({
    plans: [plan],
    initial: [initial],
    training: images,
    validation: images,
  })
  const state = await executor.readState(0)
  const momenta = new Map([...state.momentum].map(([name, values]) => [name, values.fill(momentum)]))
  await executor.writeState(0, { ...state, momentum: momenta })
  const indices = Int32Array.from({ length: batch }, (_, index) => index)
  const controls = {
    learningRate: 0,
    // Only what is kept as it is stays as small as it is.
    momentum: momentum === 0 ? 0 : 1,
    weightDecay: 0,
    shortcutStrengths: [plan.blocks.map(() => 0)],
    dropoutKey: 0,
  }
  return async () => {
    const start = performance.now()
    await executor.step({ indices, augmentation: null }, controls)
    await executor.readMeasurements()
    return performance.now() - start
  }
}

/** A plain network on this thread, by the lab's own engine and by tfjs operations, whose backend must be open. */
export const measureDenormals = async (isQuick: boolean): Promise<readonly DenormalRow[]> => {
  const [plan] = plansOf({ curves: [{ depth, shortcut: 'none' }], batch }, 'A')
  if (plan === undefined) throw new Error('There is no network to measure.')
  const whats = ['activations', 'gradients', 'momentum'] as const
  const executors = [
    { executor: 'native', openExecutor: openNative },
    { executor: 'composed', openExecutor: createComposedExecutor },
  ] as const
  const rows: DenormalRow[] = []
  for (const { executor, openExecutor } of executors) {
    const ordinary = await open(openExecutor, plan, scaledTo(null, plan))
    const small: { readonly what: Tiny; readonly step: () => Promise<number>; readonly times: number[] }[] =
      []
    for (const what of whats)
      small.push({ what, step: await open(openExecutor, plan, scaledTo(what, plan)), times: [] })
    const ordinaryTimes: number[] = []
    for (let round = -5; round < (isQuick ? 10 : 30); round++) {
      const ms = await ordinary()
      if (round >= 0) ordinaryTimes.push(ms)
      for (const { step, times: taken } of small) {
        const smallMs = await step()
        if (round >= 0) taken.push(smallMs)
      }
    }
    const ordinaryMs = median(ordinaryTimes)
    for (const { what, times: taken } of small) {
      const stepMs = median(taken)
      const timesOrdinary = stepMs / ordinaryMs
      rows.push({ executor, backend: 'wasm', what, depth, batch, ordinaryMs, stepMs, timesOrdinary })
    }
  }
  return rows
}
