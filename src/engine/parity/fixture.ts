import { type NetworkSpec, type ShortcutType, shortcutTypes } from '../../domain/networkSpec.ts'
import { statisticsMomentum } from '../composed/runningStatistics.ts'
import { normEpsilon } from '../ops/norm.ts'
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

/** What a fixture needs that the lab does not have yet. */
export interface NotYet {
  readonly reason: string
}

/** A fixture that this lab can run, or why it can't yet. Throws `BadFixture` where the file contradicts itself. */
export const readFixture = ({ metadata, tensors }: SafetensorsFile): Fixture | NotYet => {
  const spec = table(metadata, 'spec')
  const optimizer = table(metadata, 'optimizer')
  const batchNorm = table(metadata, 'batchNorm')

  const { block, order, shortcut } = spec
  if (block !== 'basic') return { reason: `blocks of type ${String(block)} do not exist yet` }
  if (order !== 'original') return { reason: `the order ${String(order)} does not exist yet` }
  if (!isShortcut(shortcut)) return { reason: `the shortcut ${String(shortcut)} does not exist yet` }
  if (batchNorm.epsilon !== normEpsilon || batchNorm.momentum !== statisticsMomentum)
    return { reason: 'its batch norm has another epsilon or momentum than 1e-5 and 0.9' }

  const x = tensors.get('x')
  const labels = tensors.get('labels')
  if (x?.dtype !== 'F32' || x.shape.length !== 5) throw new BadFixture('It has no images x of five axes.')
  if (labels?.dtype !== 'I32') throw new BadFixture('It has no integer labels.')
  const [batches = 0, batchSize = 0, rows, columns, channels] = x.shape
  const side = count(spec, 'imageSize')
  if (rows !== side || columns !== side || channels !== count(spec, 'channels'))
    throw new BadFixture('Its images are not of the size that its network takes.')
  const classes = count(spec, 'classes')
  if (
    labels.values.length !== batches * batchSize ||
    labels.values.some((label) => label < 0 || label >= classes)
  )
    throw new BadFixture('Its labels do not fit its images and classes.')
  const steps = JSON.parse(text(metadata, 'steps')) as unknown
  if (!isCount(steps) || steps > batches || batches < 1)
    throw new BadFixture(`It has batches for ${batches} steps and asks for ${String(steps)}.`)

  return {
    spec: {
      shortcut,
      blocksPerStage: count(spec, 'blocksPerStage'),
      width: count(spec, 'width'),
      imageSize: side,
      channels: count(spec, 'channels'),
      classes,
    },
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

type Table = Readonly<Record<string, unknown>>

const parse = (json: string, key: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    throw new BadFixture(`Its metadata ${key} is not JSON.`)
  }
}

const text = (metadata: ReadonlyMap<string, string>, key: string): string => {
  const value = metadata.get(key)
  if (value === undefined) throw new BadFixture(`Its metadata has no ${key}.`)
  return value
}

const table = (metadata: ReadonlyMap<string, string>, key: string): Table => {
  const value = parse(text(metadata, key), key)
  if (typeof value !== 'object' || value === null) throw new BadFixture(`Its metadata ${key} is no table.`)
  return value as Table
}

const number = (values: Table, key: string): number => {
  const value = values[key]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BadFixture(`Its ${key} is no number.`)
  return value
}

const count = (values: Table, key: string): number => {
  const value = number(values, key)
  if (!isCount(value) || value < 1) throw new BadFixture(`Its ${key} is no whole number above 0.`)
  return value
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const isShortcut = (value: unknown): value is ShortcutType => shortcutTypes.some((type) => type === value)
