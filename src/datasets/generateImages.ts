import type { DatasetSource } from '../domain/experimentSpec.ts'
import { classCount, imageChannels } from '../domain/experimentSpec.ts'
import { randomStream, shuffle } from '../domain/random.ts'
import type { ByteImages, ReportProgress } from './dataset.ts'
import { createDigitPainter } from './generators/digits.ts'
import { createFractalPainter } from './generators/fractals.ts'
import type { Painter, Quality } from './generators/painter.ts'
import { createShapePainter } from './generators/shapes.ts'

/** The data sets that the lab draws itself. */
export type GeneratedSource = Exclude<DatasetSource, 'cifar10'>

export type Split = 'training' | 'validation'

export interface GenerateRequest {
  readonly count: number
  /** Pixels. */
  readonly side: number
  readonly seed: number
  readonly split: Split
}

/** Images painted between two reports: a few tens of milliseconds. */
const chunk = 100

export const createPainter = (source: GeneratedSource, side: number, quality: Quality): Painter => {
  switch (source) {
    case 'digits':
      return createDigitPainter(side, quality)
    case 'fractals':
      return createFractalPainter(side)
    case 'shapes':
      return createShapePainter(side, quality)
    default:
      return source satisfies never
  }
}

/** The stream of everything random in one image. */
export const imageStream = (source: GeneratedSource, split: Split, seed: number, index: number) =>
  randomStream(seed, `data/${source}/${split}/image/${index}`)

/**
 * Class of each image: every ten images in a row hold each class once, in an order of their own. So any count is balanced,
 * and fewer images are always the beginning of more.
 */
export const drawLabels = (source: GeneratedSource, { count, seed, split }: GenerateRequest): Uint8Array => {
  const stream = randomStream(seed, `data/${source}/${split}/labels`)
  const labels = new Uint8Array(count)
  for (let start = 0; start < count; start += classCount) {
    const ten = shuffle(
      stream,
      Array.from({ length: classCount }, (_, label) => label),
    )
    labels.set(ten.slice(0, count - start), start)
  }
  return labels
}

/**
 * Draws the images of one split. Each image has a random stream of its own, so it depends on the seed, its split, its index and
 * its class, and at another side the same scene is drawn at another resolution. `report` is awaited between chunks.
 */
export const generateImages = async (
  source: GeneratedSource,
  request: GenerateRequest,
  report: ReportProgress,
): Promise<ByteImages> => {
  const { count, side, seed, split } = request
  const labels = drawLabels(source, request)
  const paint = createPainter(source, side, 'full')
  const imageBytes = side * side * imageChannels
  const pixels = new Uint8Array(count * imageBytes)
  for (let i = 0; i < count; i++) {
    if (i % chunk === 0) await report(i / count)
    paint(imageStream(source, split, seed, i), labels[i] as number, pixels, i * imageBytes)
  }
  await report(1)
  return { pixels, labels, count, side, channels: imageChannels }
}
