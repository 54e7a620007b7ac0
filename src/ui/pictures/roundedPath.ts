export interface PathPoint {
  readonly x: number
  readonly y: number
}

const towards = (from: PathPoint, to: PathPoint, distance: number): PathPoint => {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const share = length === 0 ? 0 : Math.min(0.5, distance / length)
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }
}

const text = ({ x, y }: PathPoint): string => `${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`

/** An SVG path through points, its corners rounded. */
export const roundedPath = (points: readonly PathPoint[], radius: number): string =>
  points
    .map((point, index) => {
      const before = points[index - 1]
      const next = points[index + 1]
      if (before === undefined) return `M${text(point)}`
      if (next === undefined) return `L${text(point)}`
      return `L${text(towards(point, before, radius))}Q${text(point)} ${text(towards(point, next, radius))}`
    })
    .join('')
