import { memo } from 'react'
import type { NetworkPlan, ShortcutPath } from '../../domain/networkPlan.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { boxPart, type DrawnBlocks, type PictureLayout } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'
import { ShortcutSigns } from './ShortcutSigns.tsx'
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

const Arc = memo(
  ({
    box,
    path,
    shortcut,
    gap,
    measures,
    strength,
  }: {
    box: DrawnBlocks
    path: ShortcutPath
    shortcut: ShortcutType
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
            className={shortcut === 'dropout' ? 'pictures-line pictures-broken' : 'pictures-line'}
            d={d}
            strokeOpacity={0.15 + 0.85 * strength}
            strokeWidth={(0.8 + 1.2 * strength) * measures.scale}
          />
        )}
        <ShortcutSigns
          path={path}
          shortcut={shortcut}
          x={box.x + box.width / 2}
          y={apex * measures.scale}
          scale={measures.scale}
        />
      </g>
    )
  },
)

/** Every shortcut of one network at its present strength; only arcs whose strength moved are drawn anew. */
export const ShortcutArcs = ({
  picture,
  boxes,
  plan,
  measures,
  strengths,
}: {
  picture: PictureLayout
  boxes: readonly DrawnBlocks[]
  plan: NetworkPlan
  measures: RowMeasures
  strengths: readonly number[]
}) => (
  <g>
    {boxes.map((box) => (
      <Arc
        key={box.blocks[0]}
        box={box}
        path={plan.blocks[boxPart(box)]?.shortcutPath ?? 'none'}
        shortcut={plan.spec.shortcut}
        gap={picture.gap}
        measures={measures}
        strength={meanStrength(strengths, box.blocks)}
      />
    ))}
  </g>
)
