import { exp } from '../../domain/portableMath/exp.ts'
import { cos, sin } from '../../domain/portableMath/sinCos.ts'
import type { RandomStream } from '../../domain/random.ts'
import { blend, type Canvas, createCanvas, develop, paintBackground } from './canvas.ts'
import { type Colour, drawColour, drawPalette } from './colours.ts'
import {
  digitBox,
  digitSegments,
  numbersPerSegment,
  type Segments,
  squaredDistance,
  writeSegment,
} from './digitStrokes.ts'
import { between, type Painter, type Quality, tau } from './painter.ts'
import { createPlaneWave, type PlaneWave, planeWaveAt, setPlaneWave } from './planeWave.ts'

const noise = 0.06
const clutterStrokes = 4
const clutterHalfWidth = 0.07
const elasticStrength = 0.12

/** Opacity of a stroke at a distance from its middle: one pixel of soft edge. Lengths in units of half the image. */
const strokeOpacity = (distance: number, halfWidth: number, side: number): number => {
  const opacity = 0.5 - ((distance - halfWidth) * side) / 2
  return opacity <= 0 ? 0 : Math.min(opacity, 1)
}

/** Short strokes of other colours, or of the figure's own, that mean nothing. */
const paintClutter = (canvas: Canvas, stream: RandomStream, figure: Colour, scratch: Segments): void => {
  const { side, size, positions } = canvas
  const reach = clutterHalfWidth + 1 / side
  for (let i = 0; i < clutterStrokes; i++) {
    const angle = between(stream, 0, Math.PI)
    const centreX = between(stream, -1, 1)
    const centreY = between(stream, -1, 1)
    const halfLength = between(stream, 0.1, 0.3)
    const isDrawn = stream.uniform() < 0.75
    const other = drawColour(stream, 0.2, 0.1)
    const colour = stream.uniform() < 0.5 ? figure : other
    if (!isDrawn) continue
    const x = halfLength * cos(angle)
    const y = halfLength * sin(angle)
    writeSegment(scratch, 0, [centreX - x, centreY - y], [centreX + x, centreY + y])
    const farX = Math.abs(x) + reach
    const farY = Math.abs(y) + reach
    for (let row = 0; row < size; row++) {
      const atY = positions[row] as number
      if (Math.abs(atY - centreY) > farY) continue
      for (let column = 0; column < size; column++) {
        const atX = positions[column] as number
        if (Math.abs(atX - centreX) > farX) continue
        const distance = Math.sqrt(squaredDistance(scratch, atX, atY))
        const opacity = strokeOpacity(distance, clutterHalfWidth, side)
        if (opacity > 0) blend(canvas, row * size + column, colour, opacity)
      }
    }
  }
}

const drawElasticWave = (stream: RandomStream, wave: PlaneWave, positions: Float64Array): void => {
  const kx = Math.PI * between(stream, -1.2, 1.2)
  const ky = Math.PI * between(stream, -1.2, 1.2)
  setPlaneWave(wave, positions, kx, ky, between(stream, 0, tau))
}

/** 0 to 9 drawn in strokes: position, scale, rotation, shear, aspect, width of the pen and two elastic waves vary. */
export const createDigitPainter = (side: number, quality: Quality): Painter => {
  // Strokes have soft edges of their own, so one sample is nearly as good.
  const canvas = createCanvas(side, quality === 'quick' ? 1 : 2)
  const { size, positions } = canvas
  const elasticX = createPlaneWave(size)
  const elasticY = createPlaneWave(size)
  const clutter = new Float64Array(numbersPerSegment)

  return (stream, label, pixels, offset) => {
    const palette = drawPalette(stream)
    paintBackground(canvas, stream, palette)
    paintClutter(canvas, stream, palette.figure, clutter)

    const centreX = between(stream, -0.2, 0.2)
    const centreY = between(stream, -0.2, 0.2)
    const angle = 0.2 * stream.normal()
    const scale = between(stream, 0.6, 0.9)
    const shear = 0.2 * stream.normal()
    const aspect = exp(0.1 * stream.normal())
    const halfWidth = between(stream, 0.09, 0.15)
    drawElasticWave(stream, elasticX, positions)
    drawElasticWave(stream, elasticY, positions)

    const segments = digitSegments[label] as Segments
    const cosine = cos(angle)
    const sine = sin(angle)
    const reach = (halfWidth + 1 / side) / scale
    const farU = digitBox.halfWidth + reach
    const farV = digitBox.halfHeight + reach
    for (let row = 0; row < size; row++) {
      const rowY = (positions[row] as number) - centreY
      for (let column = 0; column < size; column++) {
        const x =
          (positions[column] as number) - centreX + elasticStrength * planeWaveAt(elasticX, row, column)
        const y = rowY + elasticStrength * planeWaveAt(elasticY, row, column)
        const v = (cosine * y - sine * x) / (scale / aspect)
        if (v > farV || v < -farV) continue
        const u = (cosine * x + sine * y) / (scale * aspect) + shear * v
        if (u > farU || u < -farU) continue
        const distance = scale * Math.sqrt(squaredDistance(segments, u, v))
        const opacity = strokeOpacity(distance, halfWidth, side)
        if (opacity > 0) blend(canvas, row * size + column, palette.figure, opacity)
      }
    }
    develop(canvas, stream, noise, pixels, offset)
  }
}
