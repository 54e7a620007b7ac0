import { cos, sin } from '../../domain/portableMath/sinCos.ts'

/** The ten digits as strokes in a box of about ±0.5 by ±0.85; y points down. */
type Point = readonly [x: number, y: number]
type Stroke = readonly Point[]

/** Part of an ellipse, degrees: 0 is right, 90 is down. */
const arc = (
  [centreX, centreY]: Point,
  [radiusX, radiusY]: Point,
  fromDegrees: number,
  toDegrees: number,
  pieces: number,
): Stroke =>
  Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = ((fromDegrees + ((toDegrees - fromDegrees) * i) / pieces) * Math.PI) / 180
    return [centreX + radiusX * cos(angle), centreY + radiusY * sin(angle)]
  })

const strokesByDigit: readonly (readonly Stroke[])[] = [
  [arc([0, 0], [0.5, 0.85], 0, 360, 16)],
  [
    [
      [-0.25, -0.5],
      [0.08, -0.85],
      [0.08, 0.85],
    ],
  ],
  [[...arc([0, -0.4], [0.45, 0.45], -170, 40, 8), [-0.5, 0.85], [0.5, 0.85]]],
  [arc([-0.05, -0.42], [0.45, 0.43], -150, 90, 8), arc([-0.05, 0.43], [0.5, 0.42], -90, 150, 8)],
  [
    [
      [0.2, 0.85],
      [0.2, -0.85],
      [-0.5, 0.3],
      [0.5, 0.3],
    ],
  ],
  [[[0.42, -0.85], [-0.32, -0.85], [-0.38, -0.08], ...arc([-0.02, 0.35], [0.48, 0.5], -130, 140, 9)]],
  [[[0.3, -0.85], ...arc([0, 0.35], [0.45, 0.5], 200, 560, 14)]],
  [
    [
      [-0.48, -0.85],
      [0.48, -0.85],
      [-0.1, 0.85],
    ],
  ],
  [arc([0, -0.43], [0.38, 0.42], 0, 360, 12), arc([0, 0.43], [0.46, 0.42], 0, 360, 12)],
  [[...arc([0, -0.35], [0.45, 0.5], 20, 380, 14), [0.38, 0], [0.1, 0.85]]],
]

/** The straight pieces of a drawing, five numbers each: start x and y, vector x and y, 1 / length². */
export type Segments = Float64Array
export const numbersPerSegment = 5

export const writeSegment = (
  segments: Segments,
  index: number,
  [startX, startY]: Point,
  [endX, endY]: Point,
): void => {
  const x = endX - startX
  const y = endY - startY
  segments.set([startX, startY, x, y, 1 / (x * x + y * y)], index * numbersPerSegment)
}

const segmentsOf = (strokes: readonly Stroke[]): Segments => {
  const pieces = strokes.flatMap((stroke) =>
    stroke.slice(1).map((end, i): readonly [Point, Point] => [stroke[i] ?? end, end]),
  )
  const segments = new Float64Array(pieces.length * numbersPerSegment)
  for (const [i, [start, end]] of pieces.entries()) writeSegment(segments, i, start, end)
  return segments
}

/** By digit, 0 … 9. */
export const digitSegments: readonly Segments[] = strokesByDigit.map(segmentsOf)

/** Half width and half height of a box around every digit. */
export const digitBox = { halfWidth: 0.52, halfHeight: 0.86 } as const

/** Square of the distance from a point to the nearest of the segments. */
export const squaredDistance = (segments: Segments, x: number, y: number): number => {
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0; i < segments.length; i += numbersPerSegment) {
    const alongX = segments[i + 2] as number
    const alongY = segments[i + 3] as number
    const fromX = x - (segments[i] as number)
    const fromY = y - (segments[i + 1] as number)
    let t = (fromX * alongX + fromY * alongY) * (segments[i + 4] as number)
    t = t < 0 ? 0 : Math.min(t, 1)
    const missX = fromX - t * alongX
    const missY = fromY - t * alongY
    const squared = missX * missX + missY * missY
    if (squared < nearest) nearest = squared
  }
  return nearest
}
