import type { AugmentationDraws } from '../../datasets/augmentation.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import type { NetworkState } from '../executor.ts'
import type { FusedDevice } from './fusedDevice.ts'
import { type Grid, layersOf, locate } from './grid.ts'
import { type Buffer, wholeOf } from './launch.ts'
import { buildDiracRoles } from './lookup.ts'
import { brokenColumns, type FusedLimits, logColumns } from './passPlanner.ts'
import { type GroupPlan, type PassName, planGroup } from './planGroup.ts'
import type { Recording, ReplayValues } from './recording.ts'
import { findBroken } from './shaders/stateShaders.ts'
import type { DeviceBuffer } from './textures.ts'

/** Images of a batch where they are drawn from, and what they show. */
export interface PlacedBatch {
  /** Of the training set 0, of the validation set 1. */
  readonly split: 0 | 1
  readonly indices: ArrayLike<number>
  readonly labels: ArrayLike<number>
  readonly augmentation: AugmentationDraws | null
  readonly lineTexels: number
}

export interface PassRequest {
  readonly pass: PassName
  readonly batch: PlacedBatch
  /** By network of the group. */
  readonly strengths: readonly (readonly number[])[]
  readonly uniforms?: ReplayValues['uniforms']
  /** Null: what is measured is thrown away. */
  readonly column?: number | null
}

interface Sized {
  readonly plan: GroupPlan
  readonly kept: Map<string, DeviceBuffer>
  readonly recordings: Map<
    PassName,
    { readonly recording: Recording; readonly deviceBuffer: (buffer: Buffer) => DeviceBuffer }
  >
}

/** Of a group itself, whatever the size of a batch. */
const ownedByGroup = new Set([
  'values',
  'momentum',
  'collected',
  'strengths',
  'log',
  'evaluationLog',
  'broken',
  'dirac',
])

/** Networks of one shape, side by side in every texture, on which one list of launches works. */
export class NetworkGroup {
  private readonly kept = new Map<string, DeviceBuffer>()
  private readonly sizes = new Map<number, Sized>()
  private strengths: readonly (readonly number[])[] = []

  constructor(
    private readonly device: FusedDevice,
    readonly plan: NetworkPlan,
    /** Their places among all networks of the executor. */
    readonly members: readonly number[],
    private readonly limits: FusedLimits,
  ) {}

  /** Everything that a pass needs, compiled and recorded. */
  async prepare(
    images: number,
    passes: readonly PassName[],
    onProgress: (fraction: number) => void = () => {},
  ): Promise<void> {
    const sized = this.sized(images)
    const missing = passes.filter((pass) => !sized.recordings.has(pass))
    if (missing.length === 0) return
    const launches = missing.flatMap((pass) => sized.plan.passes[pass].launches)
    await this.device.compile(
      launches.map(({ shader }) => shader),
      (fraction) => onProgress(fraction / 2),
    )
    const recordings: Recording[] = []
    for (const pass of missing) {
      const { launches: ofPass, results } = sized.plan.passes[pass]
      const placement = this.device.place(ofPass, results)
      const deviceBuffer = (buffer: Buffer): DeviceBuffer => {
        if (buffer.isKept) return this.keptBuffer(sized, buffer)
        const placed = placement.get(buffer)
        if (placed === undefined) throw new Error(`Nothing writes ${buffer.label}.`)
        return placed
      }
      const recording = this.device.record(ofPass, deviceBuffer)
      sized.recordings.set(pass, { recording, deviceBuffer })
      recordings.push(recording)
    }
    await this.device.warm(recordings, (fraction) => onProgress(0.5 + fraction / 2))
  }

  isPrepared(images: number, pass: PassName): boolean {
    return this.sizes.get(images)?.recordings.has(pass) === true
  }

  /** `prepare` must have been called for it. Gives what lets its results be read. */
  draw({
    pass,
    batch,
    strengths,
    uniforms = {},
    column = null,
  }: PassRequest): (buffer: Buffer) => DeviceBuffer {
    const images = batch.indices.length
    const sized = this.sized(images)
    const prepared = sized.recordings.get(pass)
    if (prepared === undefined) throw new Error(`The pass "${pass}" is not prepared.`)
    this.uploadStrengths(strengths)
    this.uploadBatch(sized, batch)
    this.device.chooseImages(batch.split)
    prepared.recording.replay({
      column: column ?? logColumns,
      uniforms: { lineTexels: batch.lineTexels, dropping: [0, 0], counted: images, ...uniforms },
    })
    return prepared.deviceBuffer
  }

  passPlan(images: number, pass: PassName) {
    return this.sized(images).plan.passes[pass]
  }

  foldedOf(images: number): Buffer {
    return this.sized(images).plan.folded
  }

  /** Loss and wrongness, summed over a batch, of columns of a log: four numbers for each column, network by network. */
  requestLog(images: number, log: 'log' | 'evaluationLog', columns: number): Float32Array {
    const buffer = this.keptNamed(images, log)
    return this.device.readback.request(buffer, { x: 0, y: 0, width: columns, height: this.members.length })
  }

  /** Numbers of which some of a network's are above 0 where its state holds what is no finite number. */
  async requestBroken(images: number): Promise<Float32Array> {
    const shader = findBroken(brokenColumns)
    const sized = this.sized(images)
    const values = this.keptNamed(images, 'values')
    const broken = this.keptNamed(images, 'broken')
    await this.device.compile([shader], () => {})
    this.device
      .record(
        [
          {
            shader,
            inputs: { values: values.buffer },
            outputs: [broken.buffer],
            viewport: wholeOf(broken.buffer),
            instances: null,
            uniforms: { lines: sized.plan.layout.lines },
          },
        ],
        (buffer) => (buffer === values.buffer ? values : broken),
      )
      .replay({ column: 0, uniforms: {} })
    return this.device.readback.request(broken, {
      x: 0,
      y: 0,
      width: brokenColumns,
      height: this.members.length,
    })
  }

  /** The state of one network, once the readback is finished. */
  requestState(images: number, member: number): () => NetworkState {
    const { layout } = this.sized(images).plan
    const part = { x: 0, y: member * layout.lines, width: layout.width, height: layout.lines }
    const values = this.device.readback.request(this.keptNamed(images, 'values'), part)
    const momentum = this.device.readback.request(this.keptNamed(images, 'momentum'), part)
    return () => ({
      parameters: this.unpack(images, values, false),
      momentum: this.unpack(images, momentum, false),
      statistics: this.unpack(images, values, true),
    })
  }

  /** Of a plane of the state's size. */
  requestStatePlane(images: number, from: DeviceBuffer, member: number): () => TensorValues {
    const { layout } = this.sized(images).plan
    const part = { x: 0, y: member * layout.lines, width: layout.width, height: layout.lines }
    const values = this.device.readback.request(from, part)
    return () => this.unpack(images, values, false)
  }

  /** [images, classes], once the readback is finished. */
  requestLogits(images: number, from: DeviceBuffer, member: number): () => Float32Array {
    const { classes } = this.plan.spec
    const blocks = Math.ceil(classes / 4)
    const values = this.device.readback.request(from, {
      x: 0,
      y: member * blocks,
      width: images,
      height: blocks,
    })
    return () =>
      Float32Array.from({ length: images * classes }, (_, at) => {
        const image = Math.floor(at / classes)
        const label = at % classes
        return values[((label >> 2) * images + image) * 4 + (label & 3)] ?? Number.NaN
      })
  }

  /** [images, side, side, channels], once the readback is finished. */
  requestActivation(from: DeviceBuffer, grid: Grid, member: number): () => Float32Array {
    const layers = Array.from({ length: layersOf(grid.tile) }, (_, layer) =>
      this.device.readback.request(from, wholeOf(from.buffer), layer),
    )
    return () => {
      const { images, side, channels } = grid
      const values = new Float32Array(images * side * side * channels)
      let at = 0
      for (let image = 0; image < images; image++)
        for (let row = 0; row < side; row++)
          for (let column = 0; column < side; column++)
            for (let channel = 0; channel < channels; channel++) {
              const { layer, index } = locate(grid, member, image, row, column, channel)
              values[at++] = layers[layer]?.[index] ?? Number.NaN
            }
      return values
    }
  }

  /** All tensors are checked before any is written. */
  writeState(images: number, member: number, state: NetworkState): void {
    const { layout } = this.sized(images).plan
    const size = layout.width * layout.lines * 4
    const values = new Float32Array(size)
    const momentum = new Float32Array(size)
    this.pack(images, values, state.parameters, false)
    this.pack(images, values, state.statistics, true)
    this.pack(images, momentum, state.momentum, false)
    const { textures } = this.device
    textures.upload(this.keptNamed(images, 'values'), values, member * layout.lines, layout.lines)
    textures.upload(this.keptNamed(images, 'momentum'), momentum, member * layout.lines, layout.lines)
  }

  private pack(images: number, into: Float32Array, tensors: TensorValues, isStatistics: boolean): void {
    const { entries, statistics } = this.sized(images).plan.layout
    for (const { name, floats } of entries.values()) {
      if (statistics.has(name) !== isStatistics) continue
      const tensor = tensors.get(name)
      if (tensor?.length !== floats.length)
        throw new Error(
          `Tensor ${name} should have ${floats.length} values and has ${tensor?.length ?? 'none'}.`,
        )
      for (let i = 0; i < floats.length; i++) into[floats[i] ?? 0] = tensor[i] ?? 0
    }
  }

  private unpack(images: number, from: Float32Array, isStatistics: boolean): TensorValues {
    const { entries, statistics } = this.sized(images).plan.layout
    return new Map(
      [...entries.values()]
        .filter(({ name }) => statistics.has(name) === isStatistics)
        .map(({ name, floats }) => [name, Float32Array.from(floats, (at) => from[at] ?? Number.NaN)]),
    )
  }

  private uploadStrengths(strengths: readonly (readonly number[])[]): void {
    const isKnown =
      this.strengths.length === strengths.length &&
      strengths.every(
        (ofNetwork, n) =>
          ofNetwork.length === this.strengths[n]?.length &&
          ofNetwork.every((strength, b) => this.strengths[n]?.[b] === strength),
      )
    const buffer = this.kept.get('strengths')
    if (isKnown || buffer === undefined) return
    const { width, height } = buffer.buffer
    const values = new Float32Array(width * height * 4)
    strengths.forEach((ofNetwork, network) => {
      ofNetwork.forEach((strength, block) => {
        values[4 * (network * width + block)] = strength
      })
    })
    this.device.textures.upload(buffer, values, 0, height)
    this.strengths = strengths.map((ofNetwork) => [...ofNetwork])
  }

  private uploadBatch(sized: Sized, { indices, labels, augmentation }: PlacedBatch): void {
    const buffer = sized.kept.get('batch')
    if (buffer === undefined) throw new Error('A pass reads a batch.')
    const images = indices.length
    const values = new Float32Array(images * 8)
    for (let place = 0; place < images; place++) {
      values[4 * place] = indices[place] ?? 0
      values[4 * place + 1] = augmentation?.rowShifts[place] ?? 0
      values[4 * place + 2] = augmentation?.columnShifts[place] ?? 0
      values[4 * place + 3] = augmentation?.flips[place] ?? 0
      values[4 * (images + place)] = labels[place] ?? 0
    }
    this.device.textures.upload(buffer, values, 0, 2)
  }

  private sized(images: number): Sized {
    const known = this.sizes.get(images)
    if (known !== undefined) return known
    const { plan, limits, members } = this
    const sized: Sized = {
      plan: planGroup({ plan, networks: members.length, images, limits }),
      kept: new Map(),
      recordings: new Map(),
    }
    this.sizes.set(images, sized)
    return sized
  }

  private keptNamed(images: number, label: string): DeviceBuffer {
    const sized = this.sized(images)
    return this.keptBuffer(sized, sized.plan.keptNamed(label))
  }

  private keptBuffer(sized: Sized, buffer: Buffer): DeviceBuffer {
    const { label } = buffer
    if (label === 'images') return this.device.images
    const owner = ownedByGroup.has(label) ? this.kept : sized.kept
    const known = owner.get(label)
    if (known !== undefined) return known
    const made = this.device.textures.make(buffer)
    owner.set(label, made)
    if (label === 'lookup') this.uploadLookup(made, sized.plan.lookup)
    if (label === 'dirac') {
      const convs = this.plan.operations.flatMap((operation) =>
        operation.kind === 'conv' && operation.kernel === 'dirac' ? [operation] : [],
      )
      this.device.textures.upload(made, buildDiracRoles(sized.plan.layout, convs), 0, buffer.height)
    }
    return made
  }

  private uploadLookup(made: DeviceBuffer, lookup: Float32Array): void {
    const { height } = made.buffer
    const half = lookup.length / 2
    for (const layer of [0, 1])
      this.device.textures.upload(made, lookup.subarray(layer * half, (layer + 1) * half), 0, height, layer)
  }
}
