import type { ByteImages } from './dataset.ts'

/** Images of half the side: each pixel the rounded mean of 2 × 2. The side must be even. */
export const halveImages = (images: ByteImages): ByteImages => {
  const { pixels, labels, count, channels } = images
  const side = images.side / 2
  const rowBytes = images.side * channels
  const halved = new Uint8Array(count * side * side * channels)
  let out = 0
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const corner = (image * images.side + row * 2) * rowBytes + column * 2 * channels
        for (let channel = 0; channel < channels; channel++) {
          const i = corner + channel
          const sum =
            (pixels[i] as number) +
            (pixels[i + channels] as number) +
            (pixels[i + rowBytes] as number) +
            (pixels[i + rowBytes + channels] as number)
          halved[out++] = (sum + 2) >> 2
        }
      }
    }
  }
  return { pixels: halved, labels, count, side, channels }
}
