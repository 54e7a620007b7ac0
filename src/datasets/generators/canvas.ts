import { cos, sin } from '../../domain/portableMath/sinCos.ts'
import type { RandomStream } from '../../domain/random.ts'
import type { Colour, Palette } from './colours.ts'
import { between, tau } from './painter.ts'
import { createPlaneWave, type PlaneWave, planeWaveAt, setPlaneWave } from './planeWave.ts'

/** Where an image is painted before it becomes bytes: `samples` × `samples` points a pixel, reused from image to image. */
export interface Canvas {
  readonly side: number
  readonly samples: number
  /** side × samples. */
  readonly size: number
  /** Coordinate of each row and of each column, −1 … 1; y points down. */
  readonly positions: Float64Array
  /** [size, size, 3], 0 … 1. */
  readonly colours: Float64Array
  readonly waves: readonly [PlaneWave, PlaneWave]
}

export const createCanvas = (side: number, samples: number): Canvas => {
  const size = side * samples
  return {
    side,
    samples,
    size,
    positions: Float64Array.from({ length: size }, (_, i) => ((i + 0.5) / size) * 2 - 1),
    colours: new Float64Array(size * size * 3),
    waves: [createPlaneWave(size), createPlaneWave(size)],
  }
}

/** Two plane waves mix the two background colours. */
export const paintBackground = (canvas: Canvas, stream: RandomStream, palette: Palette): void => {
  const { size, colours, positions, waves } = canvas
  for (const wave of waves) {
    const angle = between(stream, 0, Math.PI)
    const frequency = Math.PI * between(stream, 0.5, 4)
    const phase = between(stream, 0, tau)
    setPlaneWave(wave, positions, frequency * cos(angle), frequency * sin(angle), phase)
  }
  const [[red, green, blue], second] = palette.backgrounds
  const redChange = second[0] - red
  const greenChange = second[1] - green
  const blueChange = second[2] - blue
  let i = 0
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const share = 0.5 + 0.25 * (planeWaveAt(waves[0], row, column) + planeWaveAt(waves[1], row, column))
      colours[i++] = red + redChange * share
      colours[i++] = green + greenChange * share
      colours[i++] = blue + blueChange * share
    }
  }
}

/** Lays a colour over sample `index` (row × size + column); `opacity` 0 … 1. */
export const blend = (canvas: Canvas, index: number, colour: Colour, opacity: number): void => {
  const { colours } = canvas
  const i = index * 3
  const kept = 1 - opacity
  colours[i] = (colours[i] as number) * kept + colour[0] * opacity
  colours[i + 1] = (colours[i + 1] as number) * kept + colour[1] * opacity
  colours[i + 2] = (colours[i + 2] as number) * kept + colour[2] * opacity
}

/** Averages the samples of each pixel, adds normal noise to each channel and writes bytes. */
export const develop = (
  canvas: Canvas,
  stream: RandomStream,
  noise: number,
  pixels: Uint8Array,
  offset: number,
): void => {
  const { side, samples, size, colours } = canvas
  const share = 255 / (samples * samples)
  let out = offset
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const corner = (row * samples * size + column * samples) * 3
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let y = 0; y < samples; y++) {
          const start = corner + y * size * 3 + channel
          for (let x = 0; x < samples; x++) sum += colours[start + x * 3] as number
        }
        const value = sum * share + stream.normal() * noise * 255
        pixels[out++] = value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value)
      }
    }
  }
}
