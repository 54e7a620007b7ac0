import type { AddOperation, ConvOperation } from '../../domain/networkPlan.ts'
import { type CombinedOperation, type CombineOperation, combinedInputsOf } from '../combinedOperations.ts'
import {
  Accumulate,
  Clear,
  Dirac,
  DiracGradient,
  GatedAddGradient,
  GateGradient,
  Mask,
  MultiplierGradient,
  NormGradient,
  NormGradientFactors,
  Opcode,
  PhaseKind,
  Slices,
} from './assembly/instructionSet.ts'
import {
  type Activations,
  emitDropout,
  emitHead,
  type ForwardRequest,
  gradientAt,
  parameterAt,
} from './compileForward.ts'
import { emitFilterGradient, emitInputGradient } from './convInstructions.ts'
import { diracFields } from './kernelInstructions.ts'
import type { Activation } from './placeActivations.ts'
import { nothing } from './programBuilder.ts'

/** A part of the gradient of an activation: factor times what lies in a buffer that perhaps others read too. */
interface Contribution {
  readonly buffer: Activation
  /** Address of the factor; null: 1. */
  readonly factor: number | null
  /** The buffer's pixels belong to every stride-th one. */
  readonly stride: number
  /** Whether nobody else reads the buffer, so that it may be written over. */
  readonly isOwn: boolean
}

/**
 * Writes the way back from the loss: operation by operation in reverse, each hands to what it read its part of the gradient. The
 * gradients of parameters go to the slices' vectors, which are cleared first.
 */
export const compileBackward = (
  { plan, operations, memory, builder, strengths }: Omit<ForwardRequest, 'mode'>,
  activations: Activations,
): void => {
  const activation = (name: string): Activation => {
    const found = activations.get(name)
    if (found === undefined) throw new Error(`Nothing has written ${name}.`)
    return found
  }
  const contributions = new Map<string, Contribution[]>()
  const contribute = (name: string, contribution: Contribution): void => {
    contributions.set(name, [...(contributions.get(name) ?? []), contribution])
  }
  const own = (buffer: Activation): Contribution => ({ buffer, factor: null, stride: 1, isOwn: true })
  const shared = (buffer: Activation, factor: number | null, stride = 1): Contribution => ({
    buffer,
    factor,
    stride,
    isOwn: false,
  })

  /** target (+)= contribution. */
  const add = (target: Activation, { buffer, factor, stride }: Contribution, adds: boolean): void =>
    builder.emit(Opcode.accumulate, Accumulate, {
      target,
      source: buffer,
      side: buffer.shape.side,
      channels: Math.min(target.shape.channels, buffer.shape.channels),
      targetChannels: target.shape.channels,
      sourceChannels: buffer.shape.channels,
      factor: factor ?? memory.one,
      stride,
      adds: adds ? 1 : 0,
      targetSide: target.shape.side,
    })

  /** The whole gradient of an activation in one buffer that may be written over. */
  const gatherOwn = (name: string): Activation => {
    const parts = contributions.get(name) ?? []
    contributions.delete(name)
    const base = parts.find(({ isOwn }) => isOwn)
    const target = base?.buffer ?? builder.activation(activation(name).shape)
    let isBegun = base !== undefined
    // What covers every pixel first: what is sparse would have to clear the others.
    const others = parts.filter((part) => part !== base).sort((a, b) => a.stride - b.stride)
    for (const part of others) {
      add(target, part, isBegun)
      isBegun = true
    }
    if (!isBegun) throw new Error(`Nothing follows from ${name}.`)
    return target
  }
  /** The whole gradient to read: where there is but one part, as it is, with its factor. */
  const gather = (
    name: string,
  ): { readonly buffer: Activation; readonly factor: number | null; readonly isOwn: boolean } => {
    const parts = contributions.get(name) ?? []
    const [only] = parts
    if (
      parts.length !== 1 ||
      only === undefined ||
      only.stride !== 1 ||
      !isOfShape(only.buffer, activation(name))
    )
      return own(gatherOwn(name))
    contributions.delete(name)
    return only
  }

  /** Addresses of the factors that an addition gives its inputs; null where they are 1. */
  const residualFactorOf = ({ block, residualScale }: AddOperation): number | null =>
    residualScale === 1 ? null : memory.factorAt(block, 'residual')
  const shortcutFactorOf = ({ block, shortcutScale }: AddOperation): number | null =>
    shortcutScale === 1 && strengths[block] === 'whole' ? null : memory.factorAt(block, 'shortcut')

  const combineGradient = (operation: CombineOperation): void => {
    const { norm, add: addition, subsample, relu, output, input } = operation
    // A ReLU writes over the gradient; the sums of a normalisation only read it.
    const gathered = relu || norm === null ? own(gatherOwn(output)) : gather(output)
    const { buffer } = gathered
    const { side, channels } = buffer.shape
    const z = activation(input)
    const ofNorm = norm === null ? null : memory.norm(norm.name)
    if (relu || ofNorm !== null)
      builder.emit(Opcode.mask, Mask, {
        gradient: buffer,
        activation: relu ? activation(output) : nothing,
        normalised: ofNorm === null ? nothing : z,
        side,
        channels,
        kept: ofNorm?.kept ?? 0,
        partials: ofNorm?.gradientPartials ?? 0,
      })
    const residualFactor = addition === null ? null : residualFactorOf(addition)
    if (addition !== null) {
      const factor = shortcutFactorOf(addition)
      // Two factors of one gradient would need a third place; a normalisation takes them apart, so the gradient has none of its own here.
      const whole = gathered.factor === null ? buffer : copyOf(gathered)
      contribute(subsample?.input ?? addition.shortcut, shared(whole, factor, subsample?.stride ?? 1))
      if (norm === null) contribute(input, shared(whole, residualFactor))
    } else if (norm === null) contribute(input, own(buffer))
    if (norm === null || ofNorm === null) return

    builder.beginPhase(PhaseKind.images)
    builder.prepare(Opcode.normGradientFactors, NormGradientFactors, {
      partials: ofNorm.gradientPartials,
      channels,
      area: side * side,
      gamma: parameterAt(memory, `${norm.name}.gamma`),
      kept: ofNorm.kept,
      factor: residualFactor ?? memory.one,
      viewFactor: gathered.factor ?? memory.one,
      gammaGradient: gradientAt(memory, `${norm.name}.gamma`),
      betaGradient: gradientAt(memory, `${norm.name}.beta`),
      factors: ofNorm.gradientFactors,
    })
    // Where a convolution wrote it for this reader alone, the gradient of a tile is used at once and needs no place for the batch.
    const conv = convs.get(input)
    const isTransient = conv !== undefined && readers.get(input) === 1
    const isReusable = gathered.isOwn && addition === null
    const target =
      isReusable && !isTransient ? buffer : builder.activation(z.shape, isTransient ? 'thread' : 'batch')
    builder.emit(Opcode.normGradient, NormGradient, {
      gradient: buffer,
      normalised: z,
      output: target,
      side,
      channels,
      factors: ofNorm.gradientFactors,
    })
    contribute(input, own(target))
    if (isTransient) {
      convGradient(conv)
      convs.delete(input)
    }
  }

  const copyOf = (part: { readonly buffer: Activation; readonly factor: number | null }): Activation => {
    const copy = builder.activation(part.buffer.shape)
    add(copy, { ...part, stride: 1, isOwn: false }, false)
    return copy
  }

  const convGradient = (conv: ConvOperation): void => {
    const part = gather(conv.output)
    const gradient = part.factor === null ? part.buffer : copyOf(part)
    const input = activation(conv.input)
    emitFilterGradient(builder, memory, conv, input, gradient, gradientAt(memory, conv.name))
    // Nobody trains the images.
    if (conv.input === 'input') return
    const ofInput = builder.activation(input.shape)
    emitInputGradient(builder, memory, conv, gradient, ofInput)
    contribute(conv.input, own(ofInput))
  }

  const differentiate = (operation: CombinedOperation): void => {
    switch (operation.kind) {
      case 'head': {
        const gradient = builder.activation(activation(operation.input).shape)
        emitHead(memory, builder, operations, activations, gradient)
        contribute(operation.input, own(gradient))
        return
      }
      case 'conv':
        if (convs.has(operation.output)) convGradient(operation)
        return
      case 'combine':
        combineGradient(operation)
        return
      case 'subsample-pad':
        contribute(operation.input, shared(gatherOwn(operation.output), null, operation.stride))
        return
      case 'dropout': {
        const gradient = gatherOwn(operation.output)
        emitDropout(builder, memory, operation, gradient, gradient)
        contribute(operation.input, own(gradient))
        return
      }
      case 'gate': {
        const gradient = gatherOwn(operation.output)
        builder.emit(Opcode.gateGradient, GateGradient, {
          gradient,
          output: activation(operation.output),
          ...gradient.shape,
          biasGradient: gradientAt(memory, operation.name),
          sliceBytes: memory.sliceBytes,
        })
        contribute(operation.input, own(gradient))
        return
      }
      case 'gated-add': {
        const gradient = gatherOwn(operation.output)
        const gateGradient = builder.activation(gradient.shape)
        const shortcutGradient = builder.activation(gradient.shape)
        builder.emit(Opcode.gatedAddGradient, GatedAddGradient, {
          gradient,
          residual: activation(operation.residual),
          shortcut: activation(operation.shortcut),
          gate: activation(operation.gate),
          gateGradient,
          shortcutGradient,
          ...gradient.shape,
          strength: memory.factorAt(operation.block, 'strength'),
          exclusive: operation.exclusive ? 1 : 0,
        })
        contribute(operation.residual, own(gradient))
        contribute(operation.shortcut, own(shortcutGradient))
        contribute(operation.gate, own(gateGradient))
        return
      }
      case 'multiplier': {
        const gradient = gatherOwn(operation.output)
        builder.emit(Opcode.multiplierGradient, MultiplierGradient, {
          gradient,
          input: activation(operation.input),
          ...gradient.shape,
          factor: parameterAt(memory, operation.name),
          factorGradient: gradientAt(memory, operation.name),
          sliceBytes: memory.sliceBytes,
        })
        contribute(operation.input, own(gradient))
        return
      }
      default:
        operation satisfies never
    }
  }

  /** Convolutions that are not differentiated yet, by what they write. */
  const convs = new Map(
    operations.flatMap((operation) =>
      operation.kind === 'conv' ? [[operation.output, operation] as const] : [],
    ),
  )
  const readers = new Map<string, number>()
  for (const operation of operations)
    for (const name of combinedInputsOf(operation)) readers.set(name, (readers.get(name) ?? 0) + 1)

  for (const operation of operations.toReversed()) differentiate(operation)

  const diracs = plan.operations.flatMap((operation) =>
    operation.kind === 'conv' && operation.kernel === 'dirac' ? [operation] : [],
  )
  if (diracs.length === 0) return
  builder.beginPhase(PhaseKind.jobs)
  for (const conv of diracs)
    builder.emit(
      Opcode.diracGradient,
      { ...Dirac, ...DiracGradient },
      {
        ...diracFields(memory, conv),
        kernelGradient: gradientAt(memory, conv.name),
        identityGradient: gradientAt(memory, `${conv.name}.identity`),
        scaleGradient: gradientAt(memory, `${conv.name}.scale`),
        sliceBytes: memory.sliceBytes,
      },
    )
}

/** The gradients of all slices to zero. */
export const compileClearing = ({ memory, builder }: Pick<ForwardRequest, 'memory' | 'builder'>): void => {
  builder.beginPhase(PhaseKind.jobs)
  for (let slice = 0; slice < Slices.count; slice++)
    builder.emit(Opcode.clear, Clear, {
      address: memory.gradientsAt + slice * memory.sliceBytes,
      bytes: memory.sliceBytes,
    })
}

const isOfShape = (a: Activation, b: Activation): boolean =>
  a.shape.side === b.shape.side && a.shape.channels === b.shape.channels
