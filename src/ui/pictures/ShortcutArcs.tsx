import { memo } from 'react'
import type { BlockPlan, ShortcutPath } from '../../domain/networkPlan.ts'
import type { DrawnBlocks, PictureLayout } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'
import { meanStrength } from './shortcutState.ts'

/** Where the arcs are highest: room above for the sign of a shortcut's kind. */
const apex = 4.5

const arcPath = (
  { x, width }: DrawnBlocks,
  gap: number,
  { top, blockHeight, scale }: RowMeasures,
): string => {
  const left = x - gap / 2
  const right = x + width + gap / 2
  const middle = top + blockHeight / 2
  const peak = top - (top - apex * scale) / 0.75
  const shoulder = Math.min(0.12 * width, 8 * scale)
  return `M${left} ${middle}V${top}C${left + shoulder} ${peak} ${right - shoulder} ${peak} ${right} ${top}V${middle}`
}

/** On the arc's top: nothing for the identity, a ring (a zero) for padding, a filled square for a projection. */
const PathSign = ({ path, x, y, scale }: { path: ShortcutPath; x: number; y: number; scale: number }) => {
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

const Arc = memo(
  ({
    box,
    path,
    gap,
    measures,
    strength,
  }: {
    box: DrawnBlocks
    path: ShortcutPath
    gap: number
    measures: RowMeasures
    strength: number
  }) => {
    const d = arcPath(box, gap, measures)
    return (
      <g className={strength === 0 ? 'pictures-arc pictures-arcOff' : 'pictures-arc'}>
        {strength < 1 && <path className="pictures-dots" d={d} />}
        {strength > 0 && (
          <path
            className="pictures-line"
            d={d}
            strokeOpacity={0.15 + 0.85 * strength}
            strokeWidth={(0.8 + 1.2 * strength) * measures.scale}
          />
        )}
        <PathSign path={path} x={box.x + box.width / 2} y={apex * measures.scale} scale={measures.scale} />
      </g>
    )
  },
)

/** Every shortcut of one network at its present strength; only arcs whose strength moved are drawn anew. */
export const ShortcutArcs = ({
  picture,
  boxes,
  blocks,
  measures,
  strengths,
}: {
  picture: PictureLayout
  boxes: readonly DrawnBlocks[]
  blocks: readonly BlockPlan[]
  measures: RowMeasures
  strengths: readonly number[]
}) => (
  <g>
    {boxes.map((box) => (
      <Arc
        key={box.blocks[0]}
        box={box}
        path={blocks[box.blocks[0] ?? 0]?.shortcutPath ?? 'none'}
        gap={picture.gap}
        measures={measures}
        strength={meanStrength(strengths, box.blocks)}
      />
    ))}
  </g>
)
