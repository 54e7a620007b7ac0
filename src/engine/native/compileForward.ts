import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { CombinedOperation, CombineOperation, HeadOperation } from '../combinedOperations.ts'
import {
  Combine,
  Dropout,
  Gate,
  GatedAdd,
  GivenFactors,
  Head,
  LoadImages,
  Multiplier,
  NormFactors,
  Opcode,
  PhaseKind,
  Statistics,
  Subsample,
} from './assembly/instructionSet.ts'
import { emitConvolution } from './convInstructions.ts'
import type { MemoryLayout } from './memoryLayout.ts'
import { layoutOf } from './paddedLayout.ts'
import type { Activation } from './placeActivations.ts'
import { nothing, type ProgramBuilder } from './programBuilder.ts'

/**
 * How a pass goes: `train` normalises by the batch, moves the running statistics on and drops; `statistics` normalises by the batch and
 * tells its statistics; `infer` normalises by those that are given.
 */
export type PassMode = 'train' | 'statistics' | 'infer'

/** What a program must know of a shortcut's strength: whether it is 0, 1, or between. */
export type StrengthKind = 'off' | 'whole' | 'fading'

export interface ForwardRequest {
  readonly plan: NetworkPlan
  /** Of each block's shortcut. */
  readonly strengths: readonly StrengthKind[]
  readonly operations: readonly CombinedOperation[]
  readonly memory: MemoryLayout
  readonly builder: ProgramBuilder
  readonly mode: PassMode
}

/** Where each activation went, by name. */
export type Activations = ReadonlyMap<string, Activation>

const floatBytes = 4

/** Writes the pass from the images to what the head reads. */
export const compileForward = ({
  plan,
  operations,
  memory,
  builder,
  mode,
}: Omit<ForwardRequest, 'strengths'>): Activations => {
  const activations = new Map<string, Activation>()
  const activation = (name: string): Activation => {
    const found = activations.get(name)
    if (found === undefined) throw new Error(`Nothing has written ${name}.`)
    return found
  }
  const define = (name: string, side: number): Activation => {
    const made = builder.activation({ side, channels: layoutOf(memory.channels, name).padded })
    activations.set(name, made)
    return made
  }
  const parameter = (name: string): number => parameterAt(memory, name)

  /** By name of what is normalised: the normalisations that read it, and the phase in which its sums were taken. */
  const norms = new Map<string, { readonly norm: NonNullable<CombineOperation['norm']>; sumsIn: number }[]>()
  for (const operation of operations)
    if (operation.kind === 'combine' && operation.norm !== null)
      norms.set(operation.input, [
        ...(norms.get(operation.input) ?? []),
        { norm: operation.norm, sumsIn: -1 },
      ])

  /** Sums are taken while what is summed is still near the processor. */
  const takeSums = (name: string): void => {
    if (mode === 'infer') return
    for (const waiting of norms.get(name) ?? []) {
      const input = activation(name)
      builder.emit(Opcode.statistics, Statistics, {
        input,
        side: input.shape.side,
        channels: input.shape.channels,
        partials: memory.norm(waiting.norm.name).partials,
      })
      waiting.sumsIn = builder.phase
    }
  }
  const factorsFor = (norm: NonNullable<CombineOperation['norm']>): number => {
    const { kept, partials } = memory.norm(norm.name)
    const channels = layoutOf(memory.channels, norm.input).padded
    const statistic = (kind: string): number =>
      memory.statistics.tensor(`${norm.name}.${kind}`).offset * floatBytes
    const gamma = parameter(`${norm.name}.gamma`)
    const beta = parameter(`${norm.name}.beta`)
    if (mode === 'infer') {
      builder.prepare(Opcode.givenFactors, GivenFactors, {
        channels,
        gamma,
        beta,
        kept,
        mean: memory.givenAt + statistic('mean'),
        variance: memory.givenAt + statistic('variance'),
      })
      return kept
    }
    const sumsIn = norms.get(norm.input)?.find((one) => one.norm.name === norm.name)?.sumsIn
    // The sums are whole when all threads have passed the end of the phase.
    if (sumsIn === builder.phase) builder.beginPhase(PhaseKind.images)
    const isTraining = mode === 'train'
    builder.prepare(Opcode.normFactors, NormFactors, {
      partials,
      channels,
      area: norm.side * norm.side,
      gamma,
      beta,
      kept,
      runningMean: isTraining ? memory.runningAt + statistic('mean') : 0,
      runningVariance: isTraining ? memory.runningAt + statistic('variance') : 0,
      batchMean: isTraining ? 0 : memory.batchAt + statistic('mean'),
      batchVariance: isTraining ? 0 : memory.batchAt + statistic('variance'),
    })
    return kept
  }

  const compute = (operation: Exclude<CombinedOperation, HeadOperation>): void => {
    switch (operation.kind) {
      case 'conv': {
        const input = activation(operation.input)
        emitConvolution(builder, memory, operation, input, define(operation.output, operation.outputSide))
        return
      }
      case 'combine': {
        const { norm, add, subsample, relu, side } = operation
        const input = activation(operation.input)
        const kept = norm === null ? memory.identityKept(input.shape.channels) : factorsFor(norm)
        const shortcut = add === null ? null : activation(subsample?.input ?? add.shortcut)
        const output = define(operation.output, side)
        builder.emit(Opcode.combine, Combine, {
          input,
          output,
          shortcut: shortcut ?? nothing,
          side,
          channels: output.shape.channels,
          kept,
          residualFactor: add === null ? memory.one : memory.factorAt(add.block, 'residual'),
          shortcutFactor: add === null ? memory.one : memory.factorAt(add.block, 'shortcut'),
          shortcutChannels: shortcut?.shape.channels ?? 0,
          stride: subsample?.stride ?? 1,
          relu: relu ? 1 : 0,
        })
        return
      }
      case 'subsample-pad': {
        const input = activation(operation.input)
        const output = define(operation.output, operation.outputSide)
        builder.emit(Opcode.subsample, Subsample, {
          input,
          output,
          side: operation.outputSide,
          inputChannels: input.shape.channels,
          outputChannels: output.shape.channels,
          stride: operation.stride,
        })
        return
      }
      case 'dropout': {
        const input = activation(operation.input)
        if (mode !== 'train') {
          activations.set(operation.output, input)
          return
        }
        const output = define(operation.output, operation.side)
        emitDropout(builder, memory, operation, input, output)
        return
      }
      case 'gate': {
        const input = activation(operation.input)
        const output = define(operation.output, operation.side)
        const { side, channels } = output.shape
        builder.emit(Opcode.gate, Gate, { input, output, side, channels, bias: parameter(operation.name) })
        return
      }
      case 'gated-add': {
        const residual = activation(operation.residual)
        const shortcut = activation(operation.shortcut)
        const gate = activation(operation.gate)
        const output = define(operation.output, operation.side)
        builder.emit(Opcode.gatedAdd, GatedAdd, {
          residual,
          shortcut,
          gate,
          output,
          ...output.shape,
          strength: memory.factorAt(operation.block, 'strength'),
          exclusive: operation.exclusive ? 1 : 0,
        })
        return
      }
      case 'multiplier': {
        const input = activation(operation.input)
        const output = define(operation.output, operation.side)
        builder.emit(Opcode.multiplier, Multiplier, {
          input,
          output,
          ...output.shape,
          factor: parameter(operation.name),
        })
        return
      }
      default:
        operation satisfies never
    }
  }

  builder.beginPhase(PhaseKind.images)
  const input = define('input', plan.spec.imageSize)
  builder.emit(Opcode.loadImages, LoadImages, {
    output: input,
    staging: memory.stagingAt,
    side: plan.spec.imageSize,
    imageChannels: plan.spec.channels,
    channels: input.shape.channels,
    moves: memory.movesAt,
  })
  for (const operation of operations) {
    // The head comes apart: it is also where the way back begins.
    if (operation.kind === 'head') continue
    compute(operation)
    takeSums(operation.output)
  }
  return activations
}

/** Address of a parameter. */
export const parameterAt = (memory: MemoryLayout, name: string): number =>
  memory.parametersAt + memory.parameters.tensor(name).offset * floatBytes

/** Address of its gradient in the first slice. */
export const gradientAt = (memory: MemoryLayout, name: string): number =>
  memory.gradientsAt + memory.parameters.tensor(name).offset * floatBytes

/** The end of a pass, and where `gradient` (of its input) is not null the beginning of the way back. */
export const emitHead = (
  memory: MemoryLayout,
  builder: ProgramBuilder,
  operations: readonly CombinedOperation[],
  activations: Activations,
  gradient: Activation | null = null,
): void => {
  const head = operations.find((operation) => operation.kind === 'head')
  const input = activations.get(head?.input ?? '')
  if (head?.kind !== 'head' || input === undefined) throw new Error('A network ends in a head.')
  const { dense, side } = head
  builder.emit(Opcode.head, Head, {
    input,
    gradient: gradient ?? nothing,
    side,
    channels: input.shape.channels,
    classes: dense.outputChannels,
    rowFloats: memory.classRowFloats,
    kernel: parameterAt(memory, dense.kernelName),
    bias: parameterAt(memory, dense.biasName),
    labels: memory.labelsAt,
    logits: memory.logitsAt,
    scratch: memory.headAt,
    scratchBytes: memory.headBytes,
    kernelGradient: gradientAt(memory, dense.kernelName),
    biasGradient: gradientAt(memory, dense.biasName),
    sliceBytes: memory.sliceBytes,
  })
}

/** Forwards and backwards the same: the mask is a function of the place. */
export const emitDropout = (
  builder: ProgramBuilder,
  memory: MemoryLayout,
  { block, rate, channels }: Extract<CombinedOperation, { kind: 'dropout' }>,
  input: Activation,
  output: Activation,
): void =>
  builder.emit(Opcode.dropout, Dropout, {
    input,
    output,
    side: output.shape.side,
    networkChannels: channels,
    channels: output.shape.channels,
    block,
    droppedBelow: Math.floor(rate * 2 ** 32) | 0,
    kept: memory.floatAt(1 / (1 - rate)),
  })
