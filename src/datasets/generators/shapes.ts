import { exp } from '../../domain/portableMath/exp.ts'
import { cos, sin } from '../../domain/portableMath/sinCos.ts'
import type { RandomStream } from '../../domain/random.ts'
import { blend, type Canvas, createCanvas, develop, paintBackground } from './canvas.ts'
import { drawColour, drawPalette } from './colours.ts'
import { between, type Painter, type Quality, tau } from './painter.ts'
import { signedDistances } from './signedDistances.ts'

const noise = 0.06
const occludingBars = 2
const shading = 0.35

/** Bars of any colour across the whole image, in front of the shape; each is there half of the time. */
const paintBars = (canvas: Canvas, stream: RandomStream): void => {
  const { size, positions } = canvas
  for (let i = 0; i < occludingBars; i++) {
    const angle = between(stream, 0, Math.PI)
    const distance = between(stream, -0.8, 0.8)
    const halfWidth = between(stream, 0.04, 0.11)
    const isDrawn = stream.uniform() < 0.5
    const colour = drawColour(stream, 0.2, 0.1)
    if (!isDrawn) continue
    const cosine = cos(angle)
    const sine = sin(angle)
    for (let row = 0; row < size; row++) {
      const rowPart = sine * (positions[row] as number) - distance
      for (let column = 0; column < size; column++) {
        const away = cosine * (positions[column] as number) + rowPart
        if (away < halfWidth && away > -halfWidth) blend(canvas, row * size + column, colour, 1)
      }
    }
  }
}

/** Filled shapes in any rotation: position, scale, aspect and shading vary. */
export const createShapePainter = (side: number, quality: Quality): Painter => {
  const canvas = createCanvas(side, quality === 'full' && side <= 16 ? 3 : 2)
  const { size, positions, colours } = canvas

  return (stream, label, pixels, offset) => {
    const palette = drawPalette(stream)
    const [red, green, blue] = palette.figure
    const centreX = between(stream, -0.25, 0.25)
    const centreY = between(stream, -0.25, 0.25)
    const scale = between(stream, 0.5, 0.85)
    const angle = between(stream, 0, tau)
    const aspect = exp(0.12 * stream.normal())
    paintBackground(canvas, stream, palette)
    const shadeX = shading * between(stream, -1, 1)
    const shadeY = shading * between(stream, -1, 1)

    const signedDistance = signedDistances[label]
    if (signedDistance === undefined) throw new RangeError(`There is no shape for class ${label}.`)
    const cosine = cos(angle)
    const sine = sin(angle)
    for (let row = 0; row < size; row++) {
      const imageY = positions[row] as number
      for (let column = 0; column < size; column++) {
        const imageX = positions[column] as number
        const x = imageX - centreX
        const y = imageY - centreY
        const u = (cosine * x + sine * y) / (scale * aspect)
        const v = (cosine * y - sine * x) / (scale / aspect)
        if (signedDistance(u, v) >= 0) continue
        const shade = 1 + shadeX * imageX + shadeY * imageY
        const i = (row * size + column) * 3
        colours[i] = red * shade
        colours[i + 1] = green * shade
        colours[i + 2] = blue * shade
      }
    }
    paintBars(canvas, stream)
    develop(canvas, stream, noise, pixels, offset)
  }
}
