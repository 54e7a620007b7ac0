import { atan2 } from '../../domain/portableMath/atan2.ts'
import { hypot } from '../../domain/portableMath/hypot.ts'
import { cos, sin } from '../../domain/portableMath/sinCos.ts'

/** Negative inside, positive outside, in a box of about ±1; y points down. Near the outline only, about a distance. */
type SignedDistance = (x: number, y: number) => number

const box = (x: number, y: number, halfWidth: number, halfHeight: number): number =>
  Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight)

const triangle: SignedDistance = (x, y) => {
  // Circumradius 1: three half-planes at half that distance.
  const leftRight = (Math.abs(x) * Math.sqrt(3) - y) / 2
  return Math.max(leftRight, y) - 0.5
}

const starAngle = Math.PI / 5
const starInnerRadius = 0.42
const starEdgeX = starInnerRadius * cos(starAngle) - 1
const starEdgeY = starInnerRadius * sin(starAngle)
const starEdge = hypot(starEdgeX, starEdgeY)

/** Five points at radius 1. The plane is folded onto one half of one point, whose edge is a straight line. */
const star: SignedDistance = (x, y) => {
  const angle = atan2(x, -y)
  const folded = Math.abs(angle - 2 * starAngle * Math.round(angle / (2 * starAngle)))
  const radius = Math.sqrt(x * x + y * y)
  const alongX = radius * cos(folded) - 1
  const alongY = radius * sin(folded)
  return (alongX * starEdgeY - alongY * starEdgeX) / starEdge
}

const heart: SignedDistance = (x, y) => {
  const right = Math.abs(x) * 1.1
  const up = -(y - 0.1) * 1.05
  const point = (right + Math.abs(up + 0.15) - 0.75) / Math.SQRT2
  const lobe = hypot(right - 0.375, up - 0.225) - 0.53
  return Math.min(point, lobe)
}

/** By class, in the order of the class names. */
export const signedDistances: readonly SignedDistance[] = [
  (x, y) => hypot(x, y) - 0.85,
  (x, y) => Math.abs(hypot(x, y) - 0.68) - 0.22,
  (x, y) => box(x, y, 0.75, 0.75),
  triangle,
  star,
  (x, y) => Math.min(box(x, y, 0.95, 0.3), box(x, y, 0.3, 0.95)),
  (x, y) => Math.max(hypot(x, y) - 0.95, 0.75 - hypot(x - 0.5, y)),
  heart,
  (x, y) => Math.max(hypot(x, y + 0.35) - 1, -(y + 0.35)),
  (x, y) => Math.min(box(x + 0.5, y, 0.32, 0.9), box(x, y - 0.58, 0.82, 0.32)),
]
