import { droppedBelow } from '../../domain/dropoutMask.ts'
import type { ActivationName, ConvOperation } from '../../domain/networkPlan.ts'
import type { CombinedOperation, CombineOperation } from '../combinedOperations.ts'
import type { Buffer, UniformValue } from './launch.ts'
import { type Partials, partialsVector, wantedParts } from './partials.ts'
import { type Activation, blocksOf, type PassPlanner, placeOf } from './passPlanner.ts'
import { type ConvGeometry, convForward, turnsOf } from './shaders/convShader.ts'
import {
  classBlocksOf,
  gatherImages,
  logits,
  lossGradient,
  measurements,
  pool,
} from './shaders/headShaders.ts'
import { batchMoments, combine } from './shaders/normShaders.ts'
import { dropout, gate, gatedAdd, subsamplePad, timesParameter } from './shaders/pointwiseShaders.ts'
import { diracKernels, diracNorms } from './shaders/stateShaders.ts'
import { groupBlocks } from './stateLayout.ts'

type Of<K extends CombinedOperation['kind']> = Extract<CombinedOperation, { readonly kind: K }>

/** What a forward pass leaves for the backward one. */
export interface ForwardPlan {
  readonly activations: ReadonlyMap<ActivationName, Activation>
  /** Where the batch's statistics of each normalisation lie, by its name. */
  readonly moments: ReadonlyMap<string, Partials>
  readonly pooled: Buffer
  readonly logits: Buffer
  readonly dLogits: Buffer
  readonly losses: Buffer
  /** What convolutions read their kernels from, by kind. */
  readonly kernels: { readonly free: Buffer; readonly dirac: Buffer; readonly norms: Buffer }
}

export const geometryOf = (planner: PassPlanner, conv: ConvOperation): ConvGeometry => {
  const { inputs, outputs } = groupBlocks(conv)
  return {
    kernelSize: conv.kernelSize,
    stride: conv.stride,
    padding: conv.padding,
    input:
      conv.input === 'input'
        ? planner.grid(conv.inputSide, conv.inputChannels, 1)
        : planner.grid(conv.inputSide, conv.inputChannels),
    output: planner.grid(conv.outputSide, conv.outputChannels),
    groupInputs: inputs,
    groupOutputs: outputs,
  }
}

/** Uniform `weights` of a kernel. */
export const weightsOf = (planner: PassPlanner, name: string): readonly number[] => {
  const { lines, width } = planner.request.layout
  return [planner.first(name), lines, width]
}

/** Uniforms of a normalisation: `norm`, `row`, and where its batch's statistics lie. */
export const normUniformsOf = (
  planner: PassPlanner,
  name: string,
  side: number,
  moments: Partials | null,
): Readonly<Record<string, UniformValue>> => {
  const { layout, images } = planner.request
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((part) =>
    planner.first(`${name}.${part}`),
  )
  return {
    norm: [gamma ?? 0, beta ?? 0, mean ?? 0, variance ?? 0],
    row: [layout.lines, layout.width],
    momentsAt: moments === null ? [0, 1, 1, 0] : partialsVector(moments),
    counts: [images, moments?.imagesInPart ?? 1, side ** 2],
  }
}

/** By the batch's own statistics, or by those of a vector. */
export type Normalisation = 'batch' | 'given'

/**
 * The launches from a batch's indices to its loss. `normalisation`: by the batch itself, or by the statistics in `statistics`.
 */
export const planForward = (
  planner: PassPlanner,
  operations: readonly CombinedOperation[],
  normalisation: Normalisation,
  statistics: Buffer,
): ForwardPlan => {
  const { plan, networks } = planner.request
  const { spec } = plan
  const activations = new Map<ActivationName, Activation>()
  const momentsOf = new Map<string, Partials>()
  const values = planner.keptNamed('values')
  const strengths = planner.keptNamed('strengths')
  const read = (name: ActivationName): Activation => {
    const activation = activations.get(name)
    if (activation === undefined) throw new Error(`Nothing wrote ${name}.`)
    return activation
  }
  const write = (name: ActivationName, side: number, channels: number): Activation => {
    const activation = planner.activation(name, planner.grid(side, channels))
    activations.set(name, activation)
    return activation
  }

  const input = planner.activation('input', planner.grid(spec.imageSize, spec.channels, 1))
  activations.set('input', input)
  planner.draw(
    gatherImages(input.grid),
    { images: planner.keptNamed('images'), batch: planner.keptNamed('batch') },
    [input.buffer],
  )

  const norms = planner.statePlane('norms of kernels')
  const dirac = planner.statePlane('kernels')
  if (operations.some((operation) => operation.kind === 'conv' && operation.kernel === 'dirac')) {
    const lines = { lines: planner.request.layout.lines }
    const roles = { values, dirac: planner.keptNamed('dirac') }
    planner.draw(diracNorms, roles, [norms], lines)
    planner.draw(diracKernels, { ...roles, norms }, [dirac], lines)
  }

  const planConv = (operation: ConvOperation): void => {
    const { name, outputSide, outputChannels } = operation
    const output = write(operation.output, outputSide, outputChannels)
    const geometry = geometryOf(planner, operation)
    planner.draw(
      convForward(geometry),
      { values: operation.kernel === 'dirac' ? dirac : values, x: read(operation.input).buffer },
      [output.buffer],
      { weights: weightsOf(planner, name), turns: turnsOf.forward(geometry) },
    )
  }

  const planCombine = ({ norm, add, subsample, relu, ...operation }: CombineOperation): void => {
    const x = read(operation.input)
    const { grid } = x
    const output = write(operation.output, grid.side, grid.channels)
    let moments: Partials | null = null
    if (norm !== null && normalisation === 'batch') {
      const { images } = planner.request
      moments = planner.moments.append(grid.channelBlocks, images, wantedParts(grid))
      momentsOf.set(norm.name, moments)
      const atlas = planner.keptNamed('moments')
      planner.drawSums(batchMoments(grid.tile, grid.isPadded), { x: x.buffer }, atlas, grid, moments)
    }
    const shortcut = add === null ? null : read(subsample?.input ?? add.shortcut)
    const isPlaced = grid.isPadded || subsample !== null
    planner.draw(
      combine({
        tile: grid.tile,
        isPadded: grid.isPadded,
        hasNorm: norm !== null,
        shortcut: shortcut === null ? null : subsample === null ? 'same' : 'subsampled',
        relu,
      }),
      {
        x: x.buffer,
        ...(norm === null ? {} : { values, statistics, moments: planner.keptNamed('moments') }),
        ...(shortcut === null ? {} : { shortcut: shortcut.buffer, strengths }),
      },
      [output.buffer],
      {
        ...blocksOf(grid),
        ...(norm === null ? {} : normUniformsOf(planner, norm.name, grid.side, moments)),
        ...(add === null ? {} : { addition: [add.residualScale, add.shortcutScale, add.block, 0] }),
        ...(isPlaced ? placeOf(grid) : {}),
        ...(subsample === null || shortcut === null
          ? {}
          : {
              read: [
                shortcut.grid.tilesAcross,
                shortcut.grid.tilesDown,
                shortcut.grid.blockWidth,
                shortcut.grid.channelBlocks,
              ],
              readBlocks: [shortcut.grid.blocksAcross, shortcut.grid.blockHeight],
              readStride: subsample.stride,
            }),
      },
      { instances: networks * grid.channelBlocks },
    )
  }

  const planOther = (
    operation: Of<'subsample-pad' | 'dropout' | 'gate' | 'gated-add' | 'multiplier'>,
  ): void => {
    switch (operation.kind) {
      case 'subsample-pad': {
        const x = read(operation.input)
        const output = write(operation.output, operation.outputSide, operation.outputChannels)
        planner.draw(subsamplePad(output.grid, x.grid, operation.stride), { x: x.buffer }, [output.buffer])
        return
      }
      case 'dropout': {
        const x = read(operation.input)
        const output = write(operation.output, operation.side, operation.channels)
        planner.draw(dropout(output.grid, operation.rate), { x: x.buffer }, [output.buffer], {
          dropped: droppedOf(operation),
        })
        return
      }
      case 'gate':
      case 'multiplier': {
        const x = read(operation.input)
        const output = write(operation.output, operation.side, operation.channels)
        planner.draw(
          operation.kind === 'gate' ? gate(output.grid) : timesParameter(output.grid),
          { x: x.buffer, values },
          [output.buffer],
          { parameter: weightsOf(planner, operation.name) },
        )
        return
      }
      case 'gated-add': {
        const output = write(operation.output, operation.side, operation.channels)
        planner.draw(
          gatedAdd(output.grid, operation.exclusive),
          {
            residual: read(operation.residual).buffer,
            shortcut: read(operation.shortcut).buffer,
            gate: read(operation.gate).buffer,
            strengths,
          },
          [output.buffer],
          { shortcutOf: operation.block },
        )
        return
      }
      default:
        operation satisfies never
    }
  }

  let head: Of<'head'> | null = null
  for (const operation of operations) {
    if (operation.kind === 'conv') planConv(operation)
    else if (operation.kind === 'combine') planCombine(operation)
    else if (operation.kind === 'head') head = operation
    else planOther(operation)
  }
  if (head === null) throw new Error('A network ends in a dense layer.')
  return {
    activations,
    moments: momentsOf,
    kernels: { free: values, dirac, norms },
    ...planHead(planner, head, read(head.input), normalisation === 'batch' ? 'log' : 'evaluationLog'),
  }
}

/** Uniform `dropped`: block, and of the 2^32 hashes the first that is kept, as the 32 bits that a shader reads. */
export const droppedOf = ({
  block,
  rate,
}: {
  readonly block: number
  readonly rate: number
}): readonly number[] => [block, droppedBelow(rate) | 0]

/** Shape of the head, for its shaders, and the uniform `weights` of those. */
export const headOf = (planner: PassPlanner, { dense }: Of<'head'>) => {
  const { lines, width } = planner.request.layout
  return {
    shape: { channelBlocks: Math.ceil(dense.inputChannels / 4), classes: dense.outputChannels },
    weights: [planner.first(dense.kernelName), planner.first(dense.biasName), lines, width],
  }
}

const planHead = (
  planner: PassPlanner,
  operation: Of<'head'>,
  x: Activation,
  log: string,
): Pick<ForwardPlan, 'pooled' | 'logits' | 'dLogits' | 'losses'> => {
  const { images } = planner.request
  const { shape, weights } = headOf(planner, operation)
  const classBlocks = classBlocksOf(shape.classes)
  const pooled = planner.plane('pooled', shape.channelBlocks)
  const ofClasses = planner.plane('logits', classBlocks)
  const dLogits = planner.plane('gradient of logits', classBlocks)
  const losses = planner.plane('losses', classBlocks)
  planner.draw(pool(x.grid), { x: x.buffer }, [pooled])
  planner.draw(logits(shape), { pooled, values: planner.keptNamed('values') }, [ofClasses], { weights })
  planner.draw(lossGradient(shape, images), { logits: ofClasses, batch: planner.keptNamed('batch') }, [
    dLogits,
    losses,
  ])
  planner.draw(measurements(shape), { losses }, [planner.keptNamed(log)], {}, { viewport: null })
  return { pooled, logits: ofClasses, dLogits, losses }
}
