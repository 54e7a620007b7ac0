import type { ImageSet } from '../../datasets/dataset.ts'
import type { Batch } from '../executor.ts'
import type { DeviceBuffer, Textures } from './textures.ts'

/** The images of one split, for `gatherImages`. */
export interface ImagesOnDevice {
  /** A line of the texture has 2^lineBits texels. */
  readonly lineBits: number
  readonly texture: WebGLTexture
  /** Makes a batch ready to be gathered; gives the image of the texture at each of its places. */
  indicesOf(batch: Batch): ArrayLike<number>
}

export interface ImagesRequest {
  readonly set: ImageSet
  readonly textures: Textures
  readonly maxTextureSide: number
  /** What a split may take on the device as a whole; a larger one is handed over batch by batch. */
  readonly residentBytes: number
  /** Largest batch. */
  readonly mostImages: number
}

/** Bytes of a split on the device, 4 floats a pixel. */
const residentBytesOf = ({ count, side, channels }: ImageSet): number =>
  count * side * side * Math.ceil(channels / 4) * 16

/** Lines that are uploaded at once. */
const linesAtOnce = 64

export const imagesOnDevice = (request: ImagesRequest): ImagesOnDevice => {
  const { set, textures, maxTextureSide, residentBytes, mostImages } = request
  const { images, side, channels } = set
  const blocks = Math.ceil(channels / 4)
  const imageTexels = side * side * blocks
  const lineBits = Math.floor(Math.log2(Math.min(maxTextureSide, 4096)))
  const lineTexels = 2 ** lineBits
  const linesOf = (count: number): number => Math.ceil((count * imageTexels) / lineTexels)
  const isResident = residentBytesOf(set) <= residentBytes && linesOf(set.count) <= maxTextureSide
  const held = isResident ? set.count : mostImages
  const made: DeviceBuffer = textures.make({
    label: 'images',
    width: lineTexels,
    height: linesOf(held),
    layers: null,
    isKept: true,
    isSwapped: false,
  })
  const [texture] = made.textures
  if (texture === undefined) throw new Error('A buffer has a texture.')

  /** Pixels of the images at `indices`, one after the other. */
  const upload = (count: number, imageAt: (place: number) => number): void => {
    const lines = linesOf(count)
    const values = new Float32Array(Math.min(linesAtOnce, lines) * lineTexels * 4)
    for (let line = 0; line < lines; line += linesAtOnce) {
      const taken = Math.min(linesAtOnce, lines - line)
      values.fill(0)
      for (let texel = 0; texel < taken * lineTexels; texel++) {
        const at = line * lineTexels + texel
        const place = Math.floor(at / imageTexels)
        if (place >= count) break
        const inImage = at - place * imageTexels
        const pixel = Math.floor(inImage / blocks)
        const first = (inImage - pixel * blocks) * 4
        const from = (imageAt(place) * side * side + pixel) * channels + first
        for (let lane = 0; lane < Math.min(4, channels - first); lane++)
          values[4 * texel + lane] = images[from + lane] ?? 0
      }
      textures.upload(made, values, line, taken)
    }
  }
  if (isResident) upload(set.count, (place) => place)
  return {
    lineBits,
    texture,
    indicesOf({ indices }) {
      if (isResident) return indices
      upload(indices.length, (place) => indices[place] ?? 0)
      return Int32Array.from(indices, (_, place) => place)
    },
  }
}
