import type { ByteImages } from './dataset.ts'

/** One image as a canvas takes it: side × side × 4 bytes, opaque. Grey images (one channel) too. */
export const toRgba = (
  { pixels, side, channels }: ByteImages,
  index: number,
): Uint8ClampedArray<ArrayBuffer> => {
  const count = side * side
  const rgba = new Uint8ClampedArray(count * 4)
  const start = index * count * channels
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[i * 4 + channel] = pixels[start + i * channels + (channel % channels)] as number
    }
    rgba[i * 4 + 3] = 255
  }
  return rgba
}
