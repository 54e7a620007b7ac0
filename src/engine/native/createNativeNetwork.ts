import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { initialStatistics } from '../../domain/parameters.ts'
import { flatten, statisticsLayout } from '../flatLayout.ts'
import { Control, Slices } from './assembly/instructionSet.ts'
import { createEngineMemory } from './engineMemory.ts'
import { findBroken } from './findBroken.ts'
import type { FlatState, GatheredBatch, NativeNetwork, NetworkControls } from './nativeNetwork.ts'
import { type CompiledPass, createNetworkPrograms, type Pass } from './networkPrograms.ts'
import type { Program } from './programBuilder.ts'
import { readActivations } from './readActivations.ts'
import { startEngine } from './startEngine.ts'

/** A thread that runs its part of every program, until it is ended from outside. */
export interface HelperThread {
  stop(): void
}

/** What a helper needs to call the engine's `help(control, thread)`. */
export interface HelperWork {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly control: number
  readonly thread: number
}

/** Resolves when the thread runs and is about to call `help`. */
export type StartHelper = (work: HelperWork) => Promise<HelperThread>

export interface NativeNetworkRequest {
  /** Of `loadEngine`, for shared memory where there is more than one thread. */
  readonly module: WebAssembly.Module
  readonly plan: NetworkPlan
  /** Flat, as `parameterLayout` has it. */
  readonly initial: Float32Array
  /** Images of the largest batch; for a larger one the memory is laid out anew. */
  readonly batchSize: number
  readonly threads: number
  /** Needed for more than one thread. */
  readonly startHelper?: StartHelper
}

const floatBytes = 4

/** Throws where the plan cannot be trained, or where there is not enough memory (RangeError). */
export const createNativeNetwork = async (request: NativeNetworkRequest): Promise<NativeNetwork> => {
  const { module, plan, threads, startHelper } = request
  const memory = createEngineMemory(threads > 1)
  const engine = startEngine(module, memory.memory)
  const start = engine.firstFreeByte()
  const layOut = (capacity: number) => createNetworkPrograms(plan, { start, capacity, threads })
  let programs = layOut(request.batchSize)
  /** The pass whose program and activations lie in the memory. */
  let loaded: Program | null = null
  let areKernelsCurrent = false
  const helpers: HelperThread[] = []
  const { control } = programs.layout

  const placeStaying = (): void => {
    const { layout, kernels, update } = programs
    memory.ensure(programs.activationsAt)
    memory.floats(layout.one, 1)[0] = 1
    for (const { padded } of layout.channels.values())
      memory.floats(layout.identityKept(padded), padded).fill(1)
    for (const program of [kernels, update]) place(program)
    placeLists()
  }
  const place = ({ address, words }: Program): void => {
    memory.integers(address, words.length).set(words)
  }
  const placeLists = (): void => {
    for (const { address, numbers } of programs.layout.lists.values())
      memory.integers(address, numbers.length).set(numbers)
  }

  const run = (program: Program, images: number): void => {
    const words = memory.integers(control, Control.size)
    words[Control.images] = images
    words[Control.threads] = threads
    words[Control.program] = program.address
    engine.run(control)
  }

  const load = (pass: Pass, strengths: readonly number[]): CompiledPass => {
    const compiled = programs.pass(pass, strengths)
    const { program } = compiled
    if (loaded !== program) {
      memory.ensure(program.end)
      // Borders are zeros that nobody writes; another pass has them elsewhere.
      const { activationsAt } = programs
      memory.integers(activationsAt, (program.address - activationsAt) / floatBytes).fill(0)
      place(program)
      placeLists()
      loaded = program
    }
    return compiled
  }

  /** For a larger batch than there is room for. What helpers know, the control block, stays where it is. */
  const makeRoom = (images: number): void => {
    if (images <= programs.layout.capacity) return
    const state = readState()
    programs = layOut(images)
    memory.ensure(programs.activationsAt)
    const after = control + Control.size * floatBytes
    memory.integers(after, (programs.activationsAt - after) / floatBytes).fill(0)
    loaded = null
    placeStaying()
    writeState(state)
  }

  const placeBatch = ({ images, labels, augmentation }: GatheredBatch): void => {
    makeRoom(labels.length)
    const { layout } = programs
    memory.floats(layout.stagingAt, images.length).set(images)
    memory.integers(layout.labelsAt, labels.length).set(labels)
    const moves = memory.bytes(layout.movesAt, 3 * labels.length)
    moves.fill(0)
    if (augmentation === null) return
    labels.forEach((_, image) => {
      moves[3 * image] = augmentation.rowShifts[image] ?? 0
      moves[3 * image + 1] = augmentation.columnShifts[image] ?? 0
      moves[3 * image + 2] = augmentation.flips[image] ?? 0
    })
  }

  const additions = plan.operations.filter((operation) => operation.kind === 'add')
  const placeStrengths = (strengths: readonly number[]): void => {
    const set = (at: number, value: number): void => {
      memory.floats(at, 1)[0] = value
    }
    const { layout } = programs
    for (const { index } of plan.blocks) set(layout.factorAt(index, 'strength'), strengths[index] ?? 0)
    for (const { block, residualScale, shortcutScale } of additions) {
      const strength = strengths[block] ?? 0
      set(layout.factorAt(block, 'residual'), 1 + strength * (residualScale - 1))
      set(layout.factorAt(block, 'shortcut'), strength * shortcutScale)
    }
  }

  const placeControls = (controls: NetworkControls): void => {
    const floats = memory.floats(control, Control.size)
    floats[Control.learningRate] = controls.learningRate
    floats[Control.momentum] = controls.momentum
    floats[Control.weightDecay] = controls.weightDecay
    memory.integers(control, Control.size)[Control.dropoutKey] = controls.dropoutKey
  }

  /** Runs a pass over a batch that is placed, with kernels made of the present parameters. */
  const pass = (kind: Pass, images: number, strengths: readonly number[]): CompiledPass => {
    placeStrengths(strengths)
    if (!areKernelsCurrent) run(programs.kernels, images)
    areKernelsCurrent = true
    const compiled = load(kind, strengths)
    measured().fill(0)
    run(compiled.program, images)
    // What is no number would stay in places that a later pass reads, if only to multiply it by 0.
    if (!Number.isFinite(measurement(images).loss)) loaded = null
    return compiled
  }

  const measured = (): Float64Array =>
    memory.doubles(control + Control.measured * floatBytes, 2 * Slices.count)
  const measurement = (images: number) => {
    let loss = 0
    let right = 0
    measured().forEach((value, index) => {
      if (index % 2 === 0) loss += value
      else right += value
    })
    return { loss: loss / images, error: 100 * (1 - right / images) }
  }

  const logitsOf = (images: number): Float32Array => {
    const { logitsAt, classRowFloats } = programs.layout
    const { classes } = plan.spec
    const rows = memory.floats(logitsAt, images * classRowFloats)
    const logits = new Float32Array(images * classes)
    for (let image = 0; image < images; image++)
      logits.set(rows.subarray(image * classRowFloats, image * classRowFloats + classes), image * classes)
    return logits
  }

  const sumOfSlices = (): Float32Array => {
    const { gradientsAt, sliceBytes, parameters } = programs.layout
    const slices = Array.from({ length: Slices.count }, (_, slice) =>
      memory.floats(gradientsAt + slice * sliceBytes, parameters.size),
    )
    const at = (slice: number, index: number): number => slices[slice]?.[index] ?? 0
    // As `update` adds them.
    return Float32Array.from({ length: parameters.size }, (_, i) =>
      Math.fround(Math.fround(at(0, i) + at(1, i)) + Math.fround(at(2, i) + at(3, i))),
    )
  }

  const readState = (): FlatState => {
    const { layout } = programs
    const { parameters, statistics } = layout
    return {
      parameters: parameters.unpad(memory.floats(layout.parametersAt, parameters.size)),
      momentum: parameters.unpad(memory.floats(layout.momentumAt, parameters.size)),
      statistics: statistics.unpad(memory.floats(layout.runningAt, statistics.size)),
    }
  }

  const writeState = (state: FlatState): void => {
    const { layout } = programs
    const parameters = layout.parameters.pad(state.parameters)
    const momentum = layout.parameters.pad(state.momentum)
    const statistics = layout.statistics.pad(state.statistics)
    memory.floats(layout.parametersAt, parameters.length).set(parameters)
    memory.floats(layout.momentumAt, momentum.length).set(momentum)
    memory.floats(layout.runningAt, statistics.length).set(statistics)
    areKernelsCurrent = false
    // A pass that broke on its way back has left the same.
    loaded = null
  }

  placeStaying()
  writeState({
    parameters: request.initial,
    momentum: new Float32Array(request.initial.length),
    statistics: flatten(statisticsLayout(plan), initialStatistics(plan)),
  })
  memory.integers(control, Control.size)[Control.threads] = threads
  const endHelpers = (): void => {
    for (const helper of helpers) helper.stop()
    helpers.length = 0
  }
  try {
    for (let thread = 1; thread < threads; thread++) {
      if (startHelper === undefined) throw new Error('There is no way to start a thread here.')
      helpers.push(await startHelper({ module, memory: memory.memory, control, thread }))
    }
  } catch (error) {
    endHelpers()
    throw error
  }

  return {
    plan,
    step(batch, controls) {
      const images = batch.labels.length
      placeBatch(batch)
      placeControls(controls)
      pass('train', images, controls.shortcutStrengths)
      const result = measurement(images)
      if (!Number.isFinite(result.loss)) {
        const { activations, program } = pass('observe', images, controls.shortcutStrengths)
        return { ...result, ...findBroken.inActivations(memory, activations, program, images) }
      }
      run(programs.update, images)
      areKernelsCurrent = false
      const broken = memory.integers(control + Control.broken * floatBytes, threads)
      if (!broken.some((flag) => flag !== 0)) return result
      return {
        loss: Number.NaN,
        error: result.error,
        ...findBroken.inUpdate(programs.layout, sumOfSlices(), memory),
      }
    },
    differentiate(batch, shortcutStrengths, dropoutKey) {
      const images = batch.labels.length
      placeBatch(batch)
      memory.integers(control, Control.size)[Control.dropoutKey] = dropoutKey
      const { layout } = programs
      const before = memory.floats(layout.runningAt, layout.statistics.size).slice()
      pass('train', images, shortcutStrengths)
      memory.floats(layout.runningAt, before.length).set(before)
      return { gradient: layout.parameters.unpad(sumOfSlices()), logits: logitsOf(images) }
    },
    observe(batch, shortcutStrengths) {
      const images = batch.labels.length
      placeBatch(batch)
      const { activations, program } = pass('observe', images, shortcutStrengths)
      return readActivations(memory, programs.layout, activations, program, images)
    },
    batchStatistics(batch, shortcutStrengths) {
      placeBatch(batch)
      const { layout } = programs
      // A normalisation that the pass does not use tells nothing.
      memory.floats(layout.batchAt, layout.statistics.size).fill(0)
      pass('statistics', batch.labels.length, shortcutStrengths)
      return layout.statistics.unpad(memory.floats(layout.batchAt, layout.statistics.size))
    },
    infer(batch, shortcutStrengths, given) {
      const images = batch.labels.length
      placeBatch(batch)
      const { layout } = programs
      const target = memory.floats(layout.givenAt, layout.statistics.size)
      target.set(
        given === null
          ? memory.floats(layout.runningAt, layout.statistics.size)
          : layout.statistics.pad(given),
      )
      pass('infer', images, shortcutStrengths)
      return { logits: logitsOf(images), measurement: measurement(images) }
    },
    readState,
    writeState,
    memoryBytes: () => memory.memory.buffer.byteLength,
    dispose: endHelpers,
  }
}
