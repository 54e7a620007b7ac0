import type { TensorValues } from '../../domain/parameters.ts'
import type { NetworkState } from '../executor.ts'
import { tensorOfSize } from '../flatLayout.ts'
import type { FusedDevice } from './fusedDevice.ts'
import { stateBuffer } from './passPlanner.ts'
import type { StateLayout } from './stateLayout.ts'
import type { DeviceBuffer } from './textures.ts'

/** What training changes in the networks of a group, and its way between the device and tensors by name. */
export class StateOnDevice {
  readonly values: DeviceBuffer
  readonly momentum: DeviceBuffer

  constructor(
    private readonly device: FusedDevice,
    readonly layout: StateLayout,
    networks: number,
  ) {
    this.values = device.textures.make(stateBuffer('values', layout, networks))
    this.momentum = device.textures.make(stateBuffer('momentum', layout, networks))
  }

  /** Asks for the state of one network; it is there when the readback is finished. */
  request(member: number): () => NetworkState {
    const values = this.requestLines(this.values, member)
    const momentum = this.requestLines(this.momentum, member)
    return () => ({
      parameters: this.unpack(values, false),
      momentum: this.unpack(momentum, false),
      statistics: this.unpack(values, true),
    })
  }

  /** The same for the parameters' part of a texture of the state's size, such as a gradient. */
  requestParameters(from: DeviceBuffer, member: number): () => TensorValues {
    const values = this.requestLines(from, member)
    return () => this.unpack(values, false)
  }

  /** All tensors are checked before any is written. */
  write(member: number, state: NetworkState): void {
    const { width, lines } = this.layout
    const values = new Float32Array(width * lines * 4)
    const momentum = new Float32Array(width * lines * 4)
    this.pack(values, state.parameters, false)
    this.pack(values, state.statistics, true)
    this.pack(momentum, state.momentum, false)
    this.device.textures.upload(this.values, values, member * lines, lines)
    this.device.textures.upload(this.momentum, momentum, member * lines, lines)
  }

  private requestLines(from: DeviceBuffer, member: number): Float32Array {
    const { width, lines } = this.layout
    return this.device.readback.request(from, { x: 0, y: member * lines, width, height: lines })
  }

  private pack(into: Float32Array, tensors: TensorValues, isStatistics: boolean): void {
    const { entries, statistics } = this.layout
    for (const { name, floats } of entries.values()) {
      if (statistics.has(name) !== isStatistics) continue
      const tensor = tensorOfSize(tensors, name, floats.length)
      for (let i = 0; i < floats.length; i++) into[floats[i] ?? 0] = tensor[i] ?? 0
    }
  }

  private unpack(from: Float32Array, isStatistics: boolean): TensorValues {
    const { entries, statistics } = this.layout
    return new Map(
      [...entries.values()]
        .filter(({ name }) => statistics.has(name) === isStatistics)
        .map(({ name, floats }) => [name, Float32Array.from(floats, (at) => from[at] ?? Number.NaN)]),
    )
  }
}
