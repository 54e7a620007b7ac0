import { exp } from '../../domain/portableMath/exp.ts'
import { cos, sin } from '../../domain/portableMath/sinCos.ts'
import type { RandomStream } from '../../domain/random.ts'
import { blend, createCanvas, develop, paintBackground } from './canvas.ts'
import { drawPalette } from './colours.ts'
import { type AffineMap, createIteratedFunctionSystems } from './iteratedFunctions.ts'
import { between, type Painter, tau } from './painter.ts'

const noise = 0.05
const points = 1200
/** Steps of the chaos game before the point is on the attractor. */
const settlingSteps = 20
const coefficientJitter = 0.06
const offsetJitter = 0.03
/** A jittered map may no longer shrink everything; the point is kept within this. */
const farthest = 9

/** Six numbers a map, jittered, then its cumulative weight. */
const numbersPerMap = 7

const jitter = (maps: readonly AffineMap[], stream: RandomStream, out: Float64Array): void => {
  let i = 0
  let cumulative = 0
  for (const [a, b, c, d, e, f, weight] of maps) {
    cumulative += weight
    out[i] = a * (1 + coefficientJitter * stream.normal())
    out[i + 1] = b * (1 + coefficientJitter * stream.normal())
    out[i + 2] = c * (1 + coefficientJitter * stream.normal())
    out[i + 3] = d * (1 + coefficientJitter * stream.normal())
    out[i + 4] = e + offsetJitter * stream.normal()
    out[i + 5] = f + offsetJitter * stream.normal()
    out[i + 6] = cumulative
    i += numbersPerMap
  }
}

const limit = (value: number): number => (value > farthest ? farthest : Math.max(value, -farthest))

/** Ten iterated function systems, played as the chaos game; maps, position, scale, rotation, mirroring and aspect vary. */
export const createFractalPainter = (side: number): Painter => {
  const canvas = createCanvas(side, 1)
  const systems = createIteratedFunctionSystems()
  const hits = new Float64Array(side * side)
  const jittered = new Float64Array(numbersPerMap * Math.max(...systems.map((maps) => maps.length)))
  const meanHits = points / (side * side)

  return (stream, label, pixels, offset) => {
    const maps = systems[label]
    if (maps === undefined) throw new RangeError(`There is no fractal for class ${label}.`)
    const palette = drawPalette(stream)
    const angle = between(stream, 0, tau)
    const scale = between(stream, 0.75, 1.05)
    const aspect = exp(0.1 * stream.normal())
    const centreX = between(stream, -0.15, 0.15)
    const centreY = between(stream, -0.15, 0.15)
    const mirror = stream.uniform() < 0.5 ? -1 : 1
    paintBackground(canvas, stream, palette)
    jitter(maps, stream, jittered)

    // From the plane of the maps to pixels, in one affine map.
    const toPixels = side / 2
    const alongX = mirror * aspect * scale * toPixels
    const alongY = (-scale / aspect) * toPixels
    const cosine = cos(angle)
    const sine = sin(angle)
    const originX = (centreX + 1) * toPixels
    const originY = (centreY + 1) * toPixels
    const lastMap = (maps.length - 1) * numbersPerMap

    hits.fill(0)
    let x = 0
    let y = 0
    for (let step = 0; step < points + settlingSteps; step++) {
      const choice = stream.uniform()
      let m = 0
      while (m < lastMap && choice >= (jittered[m + 6] as number)) m += numbersPerMap
      const nextX = limit(
        (jittered[m] as number) * x + (jittered[m + 1] as number) * y + (jittered[m + 4] as number),
      )
      y = limit(
        (jittered[m + 2] as number) * x + (jittered[m + 3] as number) * y + (jittered[m + 5] as number),
      )
      x = nextX
      if (step < settlingSteps) continue
      const column = Math.floor(cosine * alongX * x - sine * alongY * y + originX)
      const row = Math.floor(sine * alongX * x + cosine * alongY * y + originY)
      if (column < 0 || column >= side || row < 0 || row >= side) continue
      const pixel = row * side + column
      hits[pixel] = (hits[pixel] as number) + 1
    }
    for (let pixel = 0; pixel < hits.length; pixel++) {
      const count = hits[pixel] as number
      if (count > 0) blend(canvas, pixel, palette.figure, 1 - exp(-count / meanHits))
    }
    develop(canvas, stream, noise, pixels, offset)
  }
}
