import type { ShortcutPath } from '../../domain/networkPlan.ts'

/** The middle of a sign on an arc, pixels. */
export interface SignPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** How the dimensions are matched: nothing for the identity, a ring (a zero) for padding, a filled square for a projection. */
export const PathSign = ({ path, x, y, scale }: SignPlace & { path: ShortcutPath }) => {
  switch (path) {
    case 'none':
    case 'identity':
      return null
    case 'subsample-pad':
      return <circle className="pictures-pad" cx={x} cy={y} r={3.2 * scale} />
    case 'projection':
      return (
        <rect
          className="pictures-projection"
          x={x - 3.2 * scale}
          y={y - 3.2 * scale}
          width={6.4 * scale}
          height={6.4 * scale}
          rx={scale}
        />
      )
    default:
      return path satisfies never
  }
}
