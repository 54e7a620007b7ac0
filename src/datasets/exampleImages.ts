import { classCount, imageChannels } from '../domain/experimentSpec.ts'
import type { ByteImages } from './dataset.ts'
import { createPainter, drawLabels, type GeneratedSource, imageStream } from './generateImages.ts'
import { toRgba } from './rgba.ts'

export interface ExampleImage {
  readonly label: number
  /** Pixels. */
  readonly side: number
  /** side × side × 4 bytes, for `ImageData`. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

/**
 * The first `perClass` training images of each class, by class: the very scenes that an experiment with this seed trains on,
 * painted with fewer samples a pixel. Quick enough for the page's own thread.
 */
export const exampleImages = (
  source: GeneratedSource,
  side: number,
  seed: number,
  perClass = 1,
): readonly ExampleImage[] => {
  const count = classCount * perClass
  // Ten images in a row hold each class once.
  const labels = drawLabels(source, { count, side, seed, split: 'training' })
  const paint = createPainter(source, side, 'quick')
  const imageBytes = side * side * imageChannels
  const pixels = new Uint8Array(count * imageBytes)
  for (const [i, label] of labels.entries()) {
    paint(imageStream(source, 'training', seed, i), label, pixels, i * imageBytes)
  }
  const images: ByteImages = { pixels, labels, count, side, channels: imageChannels }
  return Array.from(labels, (label, i) => ({ label, side, rgba: toRgba(images, i) })).sort(
    (a, b) => a.label - b.label,
  )
}
