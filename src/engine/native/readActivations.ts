import type { TensorValues } from '../../domain/parameters.ts'
import { placeOf } from './channelLayout.ts'
import type { Activations } from './compileForward.ts'
import type { EngineMemory } from './engineMemory.ts'
import type { MemoryLayout } from './memoryLayout.ts'
import { layoutOf } from './paddedLayout.ts'
import type { Program } from './programBuilder.ts'

const floatBytes = 4

/** The activations of a pass that kept them, without borders and padding: [images, side, side, channels]. */
export const readActivations = (
  memory: EngineMemory,
  { channels }: MemoryLayout,
  activations: Activations,
  program: Program,
  images: number,
): TensorValues => {
  const values = new Map<string, Float32Array>()
  for (const [name, activation] of activations) {
    if (name === 'input') continue
    const { side } = activation.shape
    const layout = layoutOf(channels, name)
    const { base, imageBytes, rowBytes } = program.placeOf(activation)
    const all = memory.floats(base, (images * imageBytes) / floatBytes)
    const places = Array.from({ length: layout.channels }, (_, channel) => placeOf(layout, channel))
    const read = new Float32Array(images * side * side * layout.channels)
    let next = 0
    for (let image = 0; image < images; image++)
      for (let row = 0; row < side; row++)
        for (let column = 0; column < side; column++) {
          const pixel = (image * imageBytes + row * rowBytes) / floatBytes + column * layout.padded
          for (const place of places) read[next++] = all[pixel + place] ?? Number.NaN
        }
    values.set(name, read)
  }
  return values
}
