import type { AugmentationDraws } from '../../datasets/augmentation.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { FusedDevice } from './fusedDevice.ts'
import { type Buffer, wholeOf } from './launch.ts'
import { buildDiracRoles } from './lookup.ts'
import { brokenColumns, type FusedLimits, logColumns } from './passPlanner.ts'
import { type GroupPlan, type PassName, type PassPlan, planGroup } from './planGroup.ts'
import type { Recording, ReplayValues } from './recording.ts'
import { findBroken } from './shaders/stateShaders.ts'
import { stateLayoutOf } from './stateLayout.ts'
import { StateOnDevice } from './stateOnDevice.ts'
import type { DeviceBuffer } from './textures.ts'

/** Images of a batch where they are drawn from, and what they show. */
export interface PlacedBatch {
  /** Of the training set 0, of the validation set 1. */
  readonly split: 0 | 1
  readonly indices: ArrayLike<number>
  readonly labels: ArrayLike<number>
  readonly augmentation: AugmentationDraws | null
  readonly lineBits: number
}

export interface DrawRequest {
  readonly pass: PassName
  readonly batch: PlacedBatch
  /** By network of the group. */
  readonly strengths: readonly (readonly number[])[]
  readonly uniforms?: ReplayValues['uniforms']
  /** Of the log; left out: what is measured is thrown away. */
  readonly column?: number
}

/** A pass as it was drawn: where its results lie. */
export interface Drawn {
  readonly plan: PassPlan
  readonly bufferOf: (buffer: Buffer) => DeviceBuffer
}

interface Prepared extends Drawn {
  readonly recording: Recording
}

/** What batches of one size need. */
interface Sized {
  readonly plan: GroupPlan
  readonly kept: Map<string, DeviceBuffer>
  readonly prepared: Map<PassName, Prepared>
}

/** What stays whatever the size of a batch. */
const ofEverySize = new Set([
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
  readonly state: StateOnDevice
  private readonly kept: Map<string, DeviceBuffer>
  private readonly sizes = new Map<number, Sized>()
  private strengths: readonly (readonly number[])[] = []
  private search: Recording | null = null

  constructor(
    private readonly device: FusedDevice,
    readonly plan: NetworkPlan,
    /** Their places among all networks of the executor. */
    readonly members: readonly number[],
    private readonly limits: FusedLimits,
  ) {
    const networks = members.length
    this.state = new StateOnDevice(device, stateLayoutOf(plan, networks, limits.maxTextureSide), networks)
    this.kept = new Map([
      ['values', this.state.values],
      ['momentum', this.state.momentum],
    ])
  }

  isPrepared(images: number, pass: PassName): boolean {
    return this.sizes.get(images)?.prepared.has(pass) === true
  }

  /** Everything that these passes need, compiled and recorded. */
  async prepare(
    images: number,
    passes: readonly PassName[],
    onProgress: (fraction: number) => void = () => {},
  ): Promise<void> {
    const sized = this.sized(images)
    const missing = passes.filter((pass) => !sized.prepared.has(pass))
    if (missing.length === 0) return
    const plans = missing.map((pass) => [pass, sized.plan.passes[pass]] as const)
    await this.device.compile(
      plans.flatMap(([, { launches }]) => launches.map(({ shader }) => shader)),
      (fraction) => onProgress(fraction / 2),
    )
    const prepared = plans.map(([pass, plan]) => [pass, this.record(sized, plan)] as const)
    await this.device.warm(
      prepared.map(([, { recording }]) => recording),
      (fraction) => onProgress((1 + fraction) / 2),
    )
    for (const [pass, recorded] of prepared) sized.prepared.set(pass, recorded)
  }

  /** `prepare` must have been called for it. */
  draw({ pass, batch, strengths, uniforms = {}, column = logColumns }: DrawRequest): Drawn {
    const images = batch.indices.length
    const sized = this.sized(images)
    const prepared = sized.prepared.get(pass)
    if (prepared === undefined) throw new Error(`The pass "${pass}" is not prepared.`)
    this.uploadStrengths(sized, strengths)
    this.uploadBatch(sized, batch)
    this.device.chooseImages(batch.split)
    prepared.recording.replay({
      column,
      uniforms: { lineBits: batch.lineBits, dropping: [0, 0], counted: images, ...uniforms },
    })
    return prepared
  }

  /** The gradient of all parameters, when batches of this size were differentiated. */
  gradientOf(images: number): Buffer {
    return this.sized(images).plan.folded
  }

  /** Sums of loss and wrongness over a batch, by columns of a log: four numbers for each, network by network. */
  requestLog(log: 'log' | 'evaluationLog', columns: number): Float32Array {
    const from = this.kept.get(log)
    if (from === undefined) throw new Error('Nothing was measured yet.')
    return this.device.readback.request(from, { x: 0, y: 0, width: columns, height: this.members.length })
  }

  /** Numbers of which some of a network's are above 0 where its state holds what is no finite number. */
  async requestBroken(): Promise<Float32Array> {
    const { device, members } = this
    this.search ??= await this.recordSearch()
    this.search.replay({ column: 0, uniforms: {} })
    const broken = this.kept.get('broken')
    if (broken === undefined) throw new Error('The search writes what it finds.')
    return device.readback.request(broken, { x: 0, y: 0, width: brokenColumns, height: members.length })
  }

  private async recordSearch(): Promise<Recording> {
    const { device, state, members } = this
    const shader = findBroken(brokenColumns)
    const broken = device.textures.make({
      label: 'broken',
      width: brokenColumns,
      height: members.length,
      layers: null,
      isKept: true,
      isSwapped: false,
    })
    this.kept.set('broken', broken)
    await device.compile([shader], () => {})
    return device.record(
      [
        {
          shader,
          inputs: { values: state.values.buffer },
          outputs: [broken.buffer],
          viewport: wholeOf(broken.buffer),
          instances: null,
          uniforms: { lines: state.layout.lines },
        },
      ],
      (buffer) => (buffer === broken.buffer ? broken : state.values),
    )
  }

  private record(sized: Sized, plan: PassPlan): Prepared {
    const placement = this.device.place(plan.launches, plan.results)
    const bufferOf = (buffer: Buffer): DeviceBuffer => {
      if (buffer.isKept) return this.keptBuffer(sized, buffer)
      const placed = placement.get(buffer)
      if (placed === undefined) throw new Error(`Nothing writes ${buffer.label}.`)
      return placed
    }
    return { plan, bufferOf, recording: this.device.record(plan.launches, bufferOf) }
  }

  private uploadStrengths(sized: Sized, strengths: readonly (readonly number[])[]): void {
    const isKnown =
      this.strengths.length === strengths.length &&
      strengths.every(
        (ofNetwork, n) =>
          ofNetwork.length === this.strengths[n]?.length &&
          ofNetwork.every((strength, b) => this.strengths[n]?.[b] === strength),
      )
    if (isKnown) return
    const buffer = this.keptBuffer(sized, sized.plan.keptNamed('strengths'))
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
    const images = indices.length
    const values = new Float32Array(images * 8)
    for (let place = 0; place < images; place++) {
      values[4 * place] = indices[place] ?? 0
      values[4 * place + 1] = augmentation?.rowShifts[place] ?? 0
      values[4 * place + 2] = augmentation?.columnShifts[place] ?? 0
      values[4 * place + 3] = augmentation?.flips[place] ?? 0
      values[4 * (images + place)] = labels[place] ?? 0
    }
    this.device.textures.upload(this.keptBuffer(sized, sized.plan.keptNamed('batch')), values, 0, 2)
  }

  private sized(images: number): Sized {
    const known = this.sizes.get(images)
    if (known !== undefined) return known
    const { plan, limits, members } = this
    const sized: Sized = {
      plan: planGroup({ plan, networks: members.length, images, limits }),
      kept: new Map(),
      prepared: new Map(),
    }
    this.sizes.set(images, sized)
    return sized
  }

  private keptBuffer(sized: Sized, buffer: Buffer): DeviceBuffer {
    const { label } = buffer
    if (label === 'images') return this.device.images
    const owner = ofEverySize.has(label) ? this.kept : sized.kept
    const known = owner.get(label)
    if (known !== undefined) return known
    const { textures } = this.device
    const made = textures.make(buffer)
    owner.set(label, made)
    if (label === 'lookup') {
      const { lookup } = sized.plan
      const half = lookup.length / 2
      for (const layer of [0, 1])
        textures.upload(made, lookup.subarray(layer * half, (layer + 1) * half), 0, buffer.height, layer)
    }
    if (label === 'dirac')
      textures.upload(made, buildDiracRoles(sized.plan.layout, this.plan), 0, buffer.height)
    return made
  }
}
