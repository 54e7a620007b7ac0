import { type Grid, layersOf, locate } from './grid.ts'
import { wholeOf } from './launch.ts'
import type { Readback } from './readback.ts'
import { classBlocksOf } from './shaders/headShaders.ts'
import type { DeviceBuffer } from './textures.ts'

/** Logits of one network of a group, [images, classes]; there when the readback is finished. */
export const requestLogits = (
  readback: Readback,
  from: DeviceBuffer,
  member: number,
  classes: number,
): (() => Float32Array) => {
  const blocks = classBlocksOf(classes)
  const { width: images } = from.buffer
  const values = readback.request(from, { x: 0, y: member * blocks, width: images, height: blocks })
  return () =>
    Float32Array.from({ length: images * classes }, (_, at) => {
      const image = Math.floor(at / classes)
      const label = at % classes
      return values[((label >> 2) * images + image) * 4 + (label & 3)] ?? Number.NaN
    })
}

/** An activation of one network of a group, [images, side, side, channels]; there when the readback is finished. */
export const requestActivation = (
  readback: Readback,
  from: DeviceBuffer,
  member: number,
  grid: Grid,
): (() => Float32Array) => {
  const layers = Array.from({ length: layersOf(grid.tile) }, (_, layer) =>
    readback.request(from, wholeOf(from.buffer), layer),
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
