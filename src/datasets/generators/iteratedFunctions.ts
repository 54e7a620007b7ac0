import { cos, sin } from '../../domain/portableMath/sinCos.ts'
import { tau } from './painter.ts'

/** (x, y) → (a x + b y + e, c x + d y + f), taken with a weight. y points up. */
export type AffineMap = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  weight: number,
]

/** Maps onto the corners of a regular polygon (Hutchinson 1981; the classic systems of Barnsley, Fractals Everywhere, 1988). */
const polygon = (corners: number, ratio: number): readonly AffineMap[] =>
  Array.from({ length: corners }, (_, i) => {
    const angle = (tau * i) / corners - Math.PI / 2
    return [ratio, 0, 0, ratio, (1 - ratio) * cos(angle), (1 - ratio) * sin(angle), 1]
  })

/** Some cells of a grid of three by three, each a third of the whole. */
const thirds = (cells: readonly (readonly [number, number])[]): readonly AffineMap[] =>
  cells.map(([column, row]) => [1 / 3, 0, 0, 1 / 3, (column * 2) / 3, (row * 2) / 3, 1])

/** Turns by an angle (radians) and shrinks. */
const turned = (ratio: number, angle: number, e: number, f: number, weight: number): AffineMap => {
  const cosine = ratio * cos(angle)
  const sine = ratio * sin(angle)
  return [cosine, -sine, sine, cosine, e, f, weight]
}

const carpetCells = [-1, 0, 1]
  .flatMap((column) => [-1, 0, 1].map((row) => [column, row] as const))
  .filter(([column, row]) => column !== 0 || row !== 0)

const systems: readonly (readonly AffineMap[])[] = [
  polygon(3, 1 / 2),
  thirds(carpetCells),
  thirds([
    [0, 0],
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]),
  polygon(5, 0.382),
  [
    [0, 0, 0, 0.16, 0, 0, 0.04],
    [0.85, 0.04, -0.04, 0.85, 0, 1.6, 0.8],
    [0.2, -0.26, 0.23, 0.22, 0, 1.6, 0.08],
    [-0.15, 0.28, 0.26, 0.24, 0, 0.44, 0.08],
  ],
  [
    [0.5, -0.5, 0.5, 0.5, 0, 0, 1],
    [-0.5, -0.5, 0.5, -0.5, 1, 0, 1],
  ],
  [
    [0.5, -0.5, 0.5, 0.5, 0, 0, 1],
    [0.5, 0.5, -0.5, 0.5, 0.5, 0.5, 1],
  ],
  [
    turned(1 / 3, 0, 0, 0, 1),
    turned(1 / 3, Math.PI / 3, 1 / 3, 0, 1),
    turned(1 / 3, -Math.PI / 3, 1 / 2, Math.sqrt(3) / 6, 1),
    turned(1 / 3, 0, 2 / 3, 0, 1),
  ],
  [[0.05, 0, 0, 0.45, 0, 0, 0.1], turned(0.6, 0.6, 0, 0.45, 0.45), turned(0.6, -0.6, 0, 0.45, 0.45)],
  [turned(0.85, 0.5, 0, 0, 0.85), [0.25, 0, 0, 0.25, 0.75, 0, 0.15]],
]

/** The slowest system shrinks its error by 0.85 a turn: 1e-14 is left of it. */
const momentIterations = 200

/** Root mean square distance from the centre that every attractor is scaled to. */
const attractorRadius = 0.6

const normaliseWeights = (maps: readonly AffineMap[]): readonly AffineMap[] => {
  const sum = maps.reduce((total, map) => total + map[6], 0)
  return maps.map(([a, b, c, d, e, f, weight]) => [a, b, c, d, e, f, weight / sum])
}

/**
 * Mean and root mean square radius of a system's attractor. Both are fixed points of how the maps move the first two moments of
 * a distribution, so iterating gives them without drawing a point.
 */
export const attractorMoments = (maps: readonly AffineMap[]): { x: number; y: number; radius: number } => {
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0]
  for (let i = 0; i < momentIterations; i++) {
    let [nextX, nextY, nextXx, nextXy, nextYy] = [0, 0, 0, 0, 0]
    for (const [a, b, c, d, e, f, weight] of maps) {
      const u = a * x + b * y
      const v = c * x + d * y
      nextX += weight * (u + e)
      nextY += weight * (v + f)
      nextXx += weight * (a * a * xx + 2 * a * b * xy + b * b * yy + 2 * u * e + e * e)
      nextXy += weight * (a * c * xx + (a * d + b * c) * xy + b * d * yy + u * f + v * e + e * f)
      nextYy += weight * (c * c * xx + 2 * c * d * xy + d * d * yy + 2 * v * f + f * f)
    }
    x = nextX
    y = nextY
    xx = nextXx
    xy = nextXy
    yy = nextYy
  }
  return { x, y, radius: Math.sqrt(xx + yy - x * x - y * y) }
}

/** Moves and scales the attractor to the middle of the image. */
const normalise = (unweighted: readonly AffineMap[]): readonly AffineMap[] => {
  const maps = normaliseWeights(unweighted)
  const { x, y, radius } = attractorMoments(maps)
  const scale = attractorRadius / radius
  return maps.map(([a, b, c, d, e, f, weight]) => [
    a,
    b,
    c,
    d,
    scale * (a * x + b * y + e - x),
    scale * (c * x + d * y + f - y),
    weight,
  ])
}

/** By class: centre 0, root mean square radius 0.6, weights that sum to 1. Computed when called, as not everyone draws fractals. */
export const createIteratedFunctionSystems = (): readonly (readonly AffineMap[])[] => systems.map(normalise)
