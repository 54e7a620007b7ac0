import { type PlainTensor, plainZeros, sidesOf } from '../../testing/PlainTensor.ts'
import { Control, Slices } from '../assembly/instructionSet.ts'
import { type ChannelLayout, channelLayout, placeOf } from '../channelLayout.ts'
import { createEngineMemory } from '../engineMemory.ts'
import { type Activation, type ActivationPlace, align, rowBytesOf } from '../placeActivations.ts'
import { type Program, ProgramBuilder } from '../programBuilder.ts'
import { startEngine } from '../startEngine.ts'

/** A program of a few instructions, written and run by hand. */
export interface KernelRun {
  readonly builder: ProgramBuilder
  /** An activation that holds a tensor [N, S, S, C] before the program runs. */
  readonly input: (tensor: PlainTensor, layout?: ChannelLayout) => Activation
  /** One whose pixels hold anything before, all channels of which the program must write. */
  readonly output: (side: number, layout: ChannelLayout) => Activation
  /** `at`: where activations and program go; left out, behind all that was reserved. */
  readonly run: (images: number, at?: number) => void
  /** What an activation holds after. Throws where its border, or its padding, is not zero any more. */
  readonly read: (activation: Activation, padding?: 'zero' | 'any') => PlainTensor
}

/** The engine and memory of its own, to run single instructions on data of any kind. */
export interface KernelBench {
  /** Forgets everything; what is not written from then on is no number. */
  readonly reset: () => void
  /** First byte that is free. */
  readonly end: () => number
  readonly control: () => number
  /** Addresses of numbers that are put behind all that was reserved before. */
  readonly floats: (values: ArrayLike<number>) => number
  readonly integers: (values: ArrayLike<number>) => number
  readonly writeFloats: (address: number, values: ArrayLike<number>) => void
  readonly writeIntegers: (address: number, values: ArrayLike<number>) => void
  readonly writeBytes: (address: number, values: ArrayLike<number>) => void
  readonly readFloats: (address: number, count: number) => Float32Array
  readonly readDoubles: (address: number, count: number) => Float64Array
  readonly readIntegers: (address: number, count: number) => Int32Array
  /** Room for gradients of so many numbers: every slice adds to its own. */
  readonly slices: (count: number) => SliceSums
  readonly begin: () => KernelRun
}

export interface SliceSums {
  /** Of the first slice. */
  readonly address: number
  readonly sliceBytes: number
  /** Of all slices. */
  readonly sum: () => Float64Array
}

const floatBytes = 4
/** What pixels hold that nobody has written. */
const anything = 1e9

export const createKernelBench = (module: WebAssembly.Module): KernelBench => {
  const memory = createEngineMemory(false)
  const engine = startEngine(module, memory.memory)
  const first = align(engine.firstFreeByte())
  const control = first
  let end = first

  const reserve = (bytes: number): number => {
    const at = end
    end = align(end + bytes)
    memory.ensure(end)
    return at
  }
  const writeFloats = (address: number, values: ArrayLike<number>): void => {
    memory.ensure(address + values.length * floatBytes)
    memory.floats(address, values.length).set(values)
  }
  const writeIntegers = (address: number, values: ArrayLike<number>): void => {
    memory.ensure(address + values.length * floatBytes)
    memory.integers(address, values.length).set(values)
  }
  const reset = (): void => {
    // Bytes of which every float is a NaN.
    memory.bytes(first, memory.memory.buffer.byteLength - first).fill(-1)
    end = first
    memory.integers(reserve(Control.size * floatBytes), Control.size).fill(0)
  }

  const begin = (): KernelRun => {
    const builder = new ProgramBuilder()
    const layouts = new Map<Activation, ChannelLayout>()
    const held = new Map<Activation, PlainTensor | null>()
    let program: Program | null = null
    let count = 0
    const placeIn = (activation: Activation): ActivationPlace => {
      if (program === null) throw new Error('The program has not been run.')
      return program.placeOf(activation)
    }
    const layoutOf = (activation: Activation): ChannelLayout =>
      layouts.get(activation) ?? channelLayout(activation.shape.channels)

    /** Calls back for every channel of every pixel, without padding: index in memory, index in the tensor. */
    const forEachValue = (activation: Activation, visit: (at: number, index: number) => void): void => {
      const { side, channels: padded } = activation.shape
      const { imageBytes, rowBytes } = placeIn(activation)
      const layout = layoutOf(activation)
      const places = Array.from({ length: layout.channels }, (_, channel) => placeOf(layout, channel))
      let index = 0
      for (let n = 0; n < count; n++)
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++) {
            const pixel = (n * imageBytes + y * rowBytes) / floatBytes + x * padded
            for (const place of places) visit(pixel + place, index++)
          }
    }
    const valuesOf = (activation: Activation): Float32Array => {
      const { base, imageBytes } = placeIn(activation)
      return memory.floats(base, (count * imageBytes) / floatBytes)
    }

    return {
      builder,
      input: (tensor, layout) => {
        const [, side, , channels] = sidesOf(tensor)
        const known = layout ?? channelLayout(channels)
        const activation = builder.activation({ side, channels: known.padded })
        layouts.set(activation, known)
        held.set(activation, tensor)
        return activation
      },
      output: (side, layout) => {
        const activation = builder.activation({ side, channels: layout.padded })
        layouts.set(activation, layout)
        held.set(activation, null)
        return activation
      },
      run: (images, at = end) => {
        count = images
        program = builder.build({ start: at, capacity: images, threads: 1, keepsActivations: true })
        const { address, words } = program
        memory.ensure(program.end)
        memory.bytes(at, address - at).fill(0)
        memory.integers(address, words.length).set(words)
        for (const [activation, tensor] of held) {
          const values = valuesOf(activation)
          if (tensor !== null)
            forEachValue(activation, (place, index) => {
              values[place] = tensor.values[index] ?? Number.NaN
            })
          else fillPixels(activation, values, anything)
        }
        const settings = memory.integers(control, Control.size)
        settings[Control.images] = images
        settings[Control.threads] = 1
        settings[Control.program] = address
        engine.run(control)
      },
      read: (activation, padding = 'zero') => {
        const { side } = activation.shape
        const layout = layoutOf(activation)
        const tensor = plainZeros([count, side, side, layout.channels])
        const { base, imageBytes, rowBytes } = placeIn(activation)
        // With the row and the pixel before the first image, and two rows behind the last.
        const before = (rowBytes + activation.shape.channels * floatBytes) / floatBytes
        const size = before + (count * imageBytes + 2 * rowBytes) / floatBytes
        const values = memory.floats(base - before * floatBytes, size).slice()
        forEachValue(activation, (place, index) => {
          tensor.values[index] = values[before + place] ?? Number.NaN
          values[before + place] = 0
        })
        if (padding === 'any') fillPixels(activation, values.subarray(before), 0)
        const wrong = values.findIndex((value) => value !== 0)
        if (wrong >= 0)
          throw new Error(
            `There is ${values[wrong]} in the border or the padding, ${wrong - before} floats from pixel (0, 0).`,
          )
        return tensor
      },
    }
  }

  /** All pixels, padding included; the border stays. */
  const fillPixels = ({ shape }: Activation, values: Float32Array, value: number): void => {
    const row = rowBytesOf(shape) / floatBytes
    for (let start = 0; start + row <= values.length; start += row)
      if ((start / row) % (shape.side + 1) < shape.side)
        values.fill(value, start, start + shape.side * shape.channels)
  }

  reset()
  return {
    reset,
    end: () => end,
    control: () => control,
    floats: (values) => {
      const at = reserve(values.length * floatBytes)
      writeFloats(at, values)
      return at
    },
    integers: (values) => {
      const at = reserve(values.length * floatBytes)
      writeIntegers(at, values)
      return at
    },
    writeFloats,
    writeIntegers,
    writeBytes: (address, values) => memory.bytes(address, values.length).set(values),
    readFloats: (address, length) => memory.floats(address, length).slice(),
    readDoubles: (address, length) => memory.doubles(address, length).slice(),
    readIntegers: (address, length) => memory.integers(address, length).slice(),
    slices: (count) => {
      const sliceBytes = align(count * floatBytes)
      const address = reserve(Slices.count * sliceBytes)
      memory.bytes(address, Slices.count * sliceBytes).fill(0)
      return {
        address,
        sliceBytes,
        sum: () => {
          const sum = new Float64Array(count)
          for (let slice = 0; slice < Slices.count; slice++)
            memory.floats(address + slice * sliceBytes, count).forEach((value, i) => {
              sum[i] = (sum[i] ?? 0) + value
            })
          return sum
        },
      }
    },
    begin,
  }
}
