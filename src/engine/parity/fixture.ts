import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { normEpsilon, statisticsMomentum } from '../normConstants.ts'
import { isCount, number, parse, table, text } from './metadata.ts'
import { readSpec } from './readSpec.ts'
import { BadFixture, type SafetensorsFile, type StoredTensor } from './safetensors.ts'

/** Shortcuts switched before a step; blocks are counted from 0 through all stages. */
export interface Toggle {
  readonly step: number
  readonly blocks: 'all' | readonly number[]
  readonly enabled: boolean
}

/** One network, trained for a few steps by an independent program, and everything that it left. */
export interface Fixture {
  readonly spec: NetworkSpec
  readonly learningRate: number
  readonly momentum: number
  readonly weightDecay: number
  readonly steps: number
  readonly toggles: readonly Toggle[]
  readonly parameters: number
  /** [batches, B, S, S, C] and [batches, B]: the batch of each step. */
  readonly images: Float32Array
  readonly labels: Int32Array
  readonly batches: number
  readonly batchSize: number
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/** The fixture that a file holds. Throws `BadFixture` where it contradicts itself or holds too little to be reproduced. */
export const readFixture = ({ metadata, tensors }: SafetensorsFile): Fixture => {
  const spec = readSpec(table(metadata, 'spec'))
  const optimizer = table(metadata, 'optimizer')
  const batchNorm = table(metadata, 'batchNorm')
  if (batchNorm.epsilon !== normEpsilon || batchNorm.momentum !== statisticsMomentum)
    throw new BadFixture('Its batch norm has another epsilon or momentum than 1e-5 and 0.9.')

  const x = tensors.get('x')
  const labels = tensors.get('labels')
  if (x?.dtype !== 'F32' || x.shape.length !== 5) throw new BadFixture('It has no images x of five axes.')
  if (labels?.dtype !== 'I32') throw new BadFixture('It has no integer labels.')
  const [batches = 0, batchSize = 0, rows, columns, channels] = x.shape
  if (rows !== spec.imageSize || columns !== spec.imageSize || channels !== spec.channels)
    throw new BadFixture('Its images are not of the size that its network takes.')
  if (
    labels.values.length !== batches * batchSize ||
    labels.values.some((label) => label < 0 || label >= spec.classes)
  )
    throw new BadFixture('Its labels do not fit its images and classes.')
  const steps = parse(text(metadata, 'steps'), 'steps')
  if (!isCount(steps) || steps > batches || batches < 1)
    throw new BadFixture(`It has batches for ${batches} steps and asks for ${String(steps)}.`)
  if (steps > 0 && spec.shortcut === 'dropout' && spec.dropRate > 0)
    throw new BadFixture(
      'It was trained with dropout, and what its program dropped is not in it: only steps 0 fits.',
    )

  return {
    spec,
    learningRate: number(optimizer, 'learningRate'),
    momentum: number(optimizer, 'momentum'),
    weightDecay: number(optimizer, 'weightDecay'),
    steps,
    toggles: readToggles(text(metadata, 'toggles')),
    parameters: Number(text(metadata, 'parameters')),
    images: x.values,
    labels: labels.values,
    batches,
    batchSize,
    tensors,
  }
}

const readToggles = (json: string): readonly Toggle[] => {
  const parsed: unknown = parse(json, 'toggles')
  if (!Array.isArray(parsed)) throw new BadFixture('Its toggles are no list.')
  return parsed.map((toggle: Readonly<Record<string, unknown>>): Toggle => {
    const { step, blocks, enabled } = toggle
    const isBlocks = blocks === 'all' || (Array.isArray(blocks) && blocks.every(isCount))
    if (!isCount(step) || !isBlocks || typeof enabled !== 'boolean')
      throw new BadFixture('One of its toggles has no step, blocks and enabled.')
    return { step, blocks: blocks as Toggle['blocks'], enabled }
  })
}
