import type { ActivationName, ConvOperation } from '../../domain/networkPlan.ts'
import type { CombinedOperation, CombineOperation } from '../combinedOperations.ts'
import { type Grid, layersOf } from './grid.ts'
import type { Buffer, UniformValue } from './launch.ts'
import { type Partials, partialsVector, wantedParts } from './partials.ts'
import { type Activation, blocksOf, type Factor, type PassPlanner, placeOf } from './passPlanner.ts'
import { droppedOf, type ForwardPlan, geometryOf, headOf, normUniformsOf, weightsOf } from './planForward.ts'
import type { Addend } from './shaders/addend.ts'
import { convInputGradient, turnsOf } from './shaders/convShader.ts'
import { filterCells, filterGradient } from './shaders/filterGradientShader.ts'
import { classBlocksOf, denseGradient, poolGradient } from './shaders/headShaders.ts'
import {
  channelSums,
  type Mask,
  type NormGradientVariant,
  normGradient,
  normGradientSums,
} from './shaders/normShaders.ts'
import {
  dropout,
  gatedAddGateGradient,
  gatedAddResidualGradient,
  gatedAddShortcutGradient,
  gateGradient,
  sumOfGradients,
  timesParameter,
} from './shaders/pointwiseShaders.ts'
import { sumOverChannels } from './shaders/stateShaders.ts'

type Of<K extends CombinedOperation['kind']> = Extract<CombinedOperation, { readonly kind: K }>

/** Where the gradient of each tensor is summed, by its name; render targets: of beta 0, of gamma 1. */
export type GradientPlaces = ReadonlyMap<string, Partials>

/** A gradient that somebody will read: as it stands, or masked by a ReLU's output, scaled, or of a subsampled activation. */
interface Gradient {
  readonly of: Activation
  readonly mask: Activation | null
  readonly factor: Factor | null
  readonly subsampleStride: 1 | 2 | null
}

const plain = (of: Activation): Gradient => ({ of, mask: null, factor: null, subsampleStride: null })

/** Fragments that a filter gradient should have, so that a GPU has work enough. */
const wantedFragments = 8192

/**
 * The launches from the loss to the gradient of everything that is trained. Gradients of an activation wait until one launch that
 * computes another of them takes them along.
 */
export const planBackward = (
  planner: PassPlanner,
  operations: readonly CombinedOperation[],
  forward: ForwardPlan,
): GradientPlaces => {
  const { networks, images } = planner.request
  const places = new Map<string, Partials>()
  const waiting = new Map<ActivationName, Gradient[]>()
  const atlas = planner.keptNamed('gradients')
  const strengths = planner.keptNamed('strengths')
  const values = planner.keptNamed('values')
  const activation = (name: ActivationName): Activation => {
    const found = forward.activations.get(name)
    if (found === undefined) throw new Error(`Nothing wrote ${name}.`)
    return found
  }
  const wait = (name: ActivationName, gradient: Gradient): void => {
    waiting.set(name, [...(waiting.get(name) ?? []), gradient])
  }

  /** One waiting gradient in the form that a shader adds. */
  const addendOf = (
    gradient: Gradient,
  ): {
    readonly addend: Addend
    readonly inputs: Record<string, Buffer>
    readonly uniforms: Record<string, UniformValue>
  } => ({
    addend: {
      isMasked: gradient.mask !== null,
      isScaled: gradient.factor !== null,
      subsampled:
        gradient.subsampleStride === null
          ? null
          : { grid: gradient.of.grid, stride: gradient.subsampleStride },
    },
    inputs: {
      added: gradient.of.buffer,
      ...(gradient.mask === null ? {} : { addedMask: gradient.mask.buffer }),
      ...(gradient.factor === null ? {} : { strengths }),
    },
    uniforms:
      gradient.factor === null
        ? {}
        : { addedFactor: [gradient.factor.base, gradient.factor.slope, gradient.factor.block, 0] },
  })

  /** Adds up what waits, down to one gradient. */
  const merge = (grid: Grid, gradients: readonly Gradient[]): Gradient => {
    const [first, ...others] = gradients
    if (first === undefined) throw new Error('No gradient came.')
    return others.reduce((merged, gradient) => {
      const base = asPlain(grid, merged)
      const { addend, inputs, uniforms } = addendOf(gradient)
      const sum = planner.activation('sum of gradients', grid)
      planner.draw(
        sumOfGradients(grid, addend, true),
        { base: base.buffer, ...inputs },
        [sum.buffer],
        uniforms,
      )
      return plain(sum)
    }, first)
  }

  const asPlain = (grid: Grid, gradient: Gradient): Activation => {
    if (gradient.mask === null && gradient.factor === null && gradient.subsampleStride === null)
      return gradient.of
    const { addend, inputs, uniforms } = addendOf(gradient)
    const sum = planner.activation('gradient', grid)
    planner.draw(sumOfGradients(grid, addend, false), inputs, [sum.buffer], uniforms)
    return sum
  }

  /** The gradient of an activation, everything that waited added up. */
  const take = (name: ActivationName): Gradient => {
    const gradient = merge(activation(name).grid, waiting.get(name) ?? [])
    waiting.delete(name)
    return gradient
  }
  const takePlain = (name: ActivationName): Activation => asPlain(activation(name).grid, take(name))

  /** What waits for an activation, to be taken along; null where nothing does. */
  const takeAlong = (name: ActivationName): Gradient | null => (waiting.has(name) ? take(name) : null)

  const planHead = (operation: Of<'head'>): void => {
    const { shape, weights } = headOf(planner, operation)
    const x = activation(operation.input)
    const kernelCells = shape.channelBlocks * classBlocksOf(shape.classes)
    const cells = kernelCells + classBlocksOf(shape.classes)
    const place = planner.gradients.append(cells, images, wantedFragments / (cells * networks))
    places.set(operation.dense.kernelName, place)
    places.set(operation.dense.biasName, place)
    const dLogits = forward.dLogits
    planner.drawParts(denseGradient(shape), { pooled: forward.pooled, dLogits }, atlas, place)
    const dx = planner.activation('gradient of the head', x.grid)
    planner.draw(poolGradient(x.grid, shape), { dLogits, values }, [dx.buffer], { weights })
    wait(operation.input, plain(dx))
  }

  /**
   * Nothing to take along, in the form that most shortcuts have, with a factor of 0: the convolutions of a block then share a program,
   * and compiling one takes as long as a third of a step. `unread`: a texture that is not looked at.
   */
  const emptyAddend = (unread: Buffer): ReturnType<typeof addendOf> | typeof nothingAlong => {
    const { order, shortcut } = planner.request.plan.spec
    if (order !== 'original' || shortcut === 'none') return nothingAlong
    return {
      addend: { isMasked: true, isScaled: true, subsampled: null },
      inputs: { added: unread, addedMask: unread, strengths },
      uniforms: { addedFactor: [0, 0, 0, 0] },
    }
  }

  const planConv = (conv: ConvOperation): void => {
    const dy = takePlain(conv.output)
    const x = activation(conv.input)
    const geometry = geometryOf(planner, conv)
    const cells =
      geometry.output.channelBlocks *
      geometry.groupInputs *
      filterCells(conv.kernelSize, layersOf(planner.tile)).cellsInRun
    const place = planner.gradients.append(cells, images, wantedFragments / (cells * networks))
    places.set(conv.name, place)
    planner.drawParts(filterGradient(geometry), { x: x.buffer, dy: dy.buffer }, atlas, place)
    // Nobody trains the images.
    if (conv.input === 'input') return
    const along = takeAlong(conv.input)
    const { addend, inputs, uniforms } = along === null ? emptyAddend(dy.buffer) : addendOf(along)
    const dx = planner.activation(`gradient of ${conv.input}`, x.grid)
    planner.draw(
      convInputGradient(geometry, addend),
      { values: forward.kernels[conv.kernel], x: dy.buffer, ...inputs },
      [dx.buffer],
      {
        weights: weightsOf(planner, conv.name),
        turns: turnsOf.inputGradient(geometry),
        ...uniforms,
      },
    )
    wait(conv.input, plain(dx))
  }

  const planCombine = ({ norm, add, subsample, relu, ...operation }: CombineOperation): void => {
    const output = activation(operation.output)
    let gradient = take(operation.output)
    // One mask and one factor is all that a shader reads.
    if (
      (relu && gradient.mask !== null) ||
      (add !== null && gradient.factor !== null) ||
      gradient.subsampleStride !== null
    )
      gradient = plain(asPlain(output.grid, gradient))
    if (relu) gradient = { ...gradient, mask: output }
    if (add !== null) {
      wait(subsample?.input ?? add.shortcut, {
        ...gradient,
        factor: { base: 0, slope: add.shortcutScale, block: add.block },
        subsampleStride: subsample?.stride ?? null,
      })
      if (add.residualScale !== 1)
        gradient = { ...gradient, factor: { base: 1, slope: add.residualScale - 1, block: add.block } }
    }
    if (norm === null) {
      wait(operation.input, gradient)
      return
    }
    const x = activation(operation.input)
    const mask: Mask = gradient.mask === null ? 'none' : relu && add === null ? 'recomputed' : 'read'
    const { grid } = x
    const variant: NormGradientVariant = {
      tile: grid.tile,
      isPadded: grid.isPadded,
      mask,
      isScaled: gradient.factor !== null,
    }
    const moments = forward.moments.get(norm.name)
    if (moments === undefined) throw new Error(`The forward pass kept nothing of ${norm.name}.`)
    const inputs = {
      dy: gradient.of.buffer,
      x: x.buffer,
      values,
      moments: planner.keptNamed('moments'),
      ...(mask === 'read' && gradient.mask !== null ? { maskedBy: gradient.mask.buffer } : {}),
      ...(gradient.factor === null ? {} : { strengths }),
    }
    const uniforms = {
      ...normUniformsOf(planner, norm.name, grid.side, moments),
      ...(gradient.factor === null
        ? {}
        : { factor: [gradient.factor.base, gradient.factor.slope, gradient.factor.block, 0] }),
    }
    const place = planner.gradients.append(grid.channelBlocks, images, wantedParts(grid))
    places.set(`${norm.name}.gamma`, place)
    places.set(`${norm.name}.beta`, place)
    planner.drawSums(normGradientSums(variant), inputs, atlas, grid, place, uniforms)

    let along = takeAlong(operation.input)
    // This shader knows its own pixel only.
    if (along !== null && along.subsampleStride !== null) along = plain(asPlain(grid, along))
    const added = along === null ? nothingAlong : addendOf(along)
    const dx = planner.activation(`gradient of ${operation.input}`, grid)
    planner.draw(
      normGradient(variant, added.addend),
      { ...inputs, sums: atlas, ...added.inputs },
      [dx.buffer],
      {
        ...blocksOf(grid),
        ...(grid.isPadded ? placeOf(grid) : {}),
        ...uniforms,
        sumsAt: partialsVector(place),
        ...added.uniforms,
      },
      { instances: networks * grid.channelBlocks },
    )
    wait(operation.input, plain(dx))
  }

  /** A launch that writes a gradient of its own. */
  const derive = (
    name: ActivationName,
    shader: Parameters<PassPlanner['draw']>[0],
    inputs: Readonly<Record<string, Buffer>>,
    uniforms: Readonly<Record<string, UniformValue>>,
  ): Activation => {
    const dx = planner.activation(`gradient of ${name}`, activation(name).grid)
    planner.draw(shader, inputs, [dx.buffer], uniforms)
    wait(name, plain(dx))
    return dx
  }

  const planGatedAdd = ({ residual, shortcut, gate, exclusive, block, output }: Of<'gated-add'>): void => {
    const dy = takePlain(output)
    const { grid } = activation(output)
    const uniforms = { shortcutOf: block }
    const inputs = { dy: dy.buffer, gate: activation(gate).buffer, strengths }
    if (exclusive) derive(residual, gatedAddResidualGradient(grid), inputs, uniforms)
    else wait(residual, plain(dy))
    derive(shortcut, gatedAddShortcutGradient(grid), inputs, uniforms)
    derive(
      gate,
      gatedAddGateGradient(grid, exclusive),
      {
        dy: dy.buffer,
        shortcut: activation(shortcut).buffer,
        strengths,
        ...(exclusive ? { residual: activation(residual).buffer } : {}),
      },
      uniforms,
    )
  }

  const planMultiplier = (operation: Of<'multiplier'>): void => {
    const dy = takePlain(operation.output)
    const x = activation(operation.input)
    const { grid } = x
    const parts = planner.scalars.append(grid.channelBlocks, images, wantedParts(grid))
    const scalars = planner.keptNamed('scalars')
    planner.drawSums(channelSums(grid.tile, true), { x: dy.buffer, other: x.buffer }, scalars, grid, parts)
    const place = planner.gradients.append(1, images, 1)
    places.set(operation.name, place)
    planner.draw(
      sumOverChannels,
      { sums: scalars },
      [atlas],
      { from: partialsVector(parts), to: partialsVector(place), channelBlocks: grid.channelBlocks },
      { viewport: { ...planner.linesOf(place), width: 1 } },
    )
    derive(
      operation.input,
      timesParameter(grid),
      { x: dy.buffer, values },
      {
        parameter: weightsOf(planner, operation.name),
      },
    )
  }

  for (const operation of operations.toReversed()) {
    switch (operation.kind) {
      case 'head':
        planHead(operation)
        break
      case 'conv':
        planConv(operation)
        break
      case 'combine':
        planCombine(operation)
        break
      case 'subsample-pad': {
        const gradient = take(operation.output)
        wait(operation.input, { ...gradient, subsampleStride: operation.stride })
        break
      }
      case 'dropout': {
        const dy = takePlain(operation.output)
        const { grid } = activation(operation.output)
        derive(
          operation.input,
          dropout(grid, operation.rate),
          { x: dy.buffer },
          { dropped: droppedOf(operation) },
        )
        break
      }
      case 'gate': {
        const dy = takePlain(operation.output)
        const { grid, buffer } = activation(operation.output)
        const dx = derive(operation.input, gateGradient(grid), { dy: dy.buffer, y: buffer }, {})
        const place = planner.gradients.append(grid.channelBlocks, images, wantedParts(grid))
        places.set(operation.name, place)
        planner.drawSums(channelSums(grid.tile, false), { x: dx.buffer }, atlas, grid, place)
        break
      }
      case 'gated-add':
        planGatedAdd(operation)
        break
      case 'multiplier':
        planMultiplier(operation)
        break
      default:
        operation satisfies never
    }
  }
  return places
}

const nothingAlong = { addend: null, inputs: {}, uniforms: {} }
