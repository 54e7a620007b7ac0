import { type KeyboardEvent, memo, useRef, useState } from 'react'
import type { BlockPlan } from '../../domain/networkPlan.ts'
import { arcLabel } from './blockText.ts'
import type { DrawnBlocks, PictureLayout } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'
import { meanStrength } from './shortcutState.ts'

const moves: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowRight: (index, last) => Math.min(last, index + 1),
  ArrowLeft: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/**
 * The arcs as buttons over the drawing, each as high as the row. One of them is in the tab order; the arrow keys move between
 * them (ARIA practices: roving tabindex).
 */
export const ShortcutButtons = memo(
  ({
    label,
    picture,
    boxes,
    blocks,
    measures,
    strengths,
    onToggle,
    onPoint,
  }: {
    label: string
    picture: PictureLayout
    boxes: readonly DrawnBlocks[]
    blocks: readonly BlockPlan[]
    measures: RowMeasures
    strengths: readonly number[]
    onToggle: (blocks: readonly number[]) => void
    onPoint: (box: number | null) => void
  }) => {
    const [current, setCurrent] = useState(0)
    const group = useRef<HTMLDivElement>(null)
    const last = boxes.length - 1
    const tabStop = Math.min(current, last)

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onPoint(null)
      // Space and Enter press the button: the page's own keys must not hear them too.
      if (event.key === ' ' || event.key === 'Enter') event.stopPropagation()
      const move = moves[event.key]
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      const next = move(tabStop, last)
      setCurrent(next)
      group.current?.querySelectorAll('button')[next]?.focus()
    }

    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend; this is a group of buttons.
      <div ref={group} role="group" aria-label={label} onKeyDown={onKeyDown}>
        {boxes.map((box, index) => {
          const plans = box.blocks.flatMap((block) => blocks[block] ?? [])
          const strength = meanStrength(strengths, box.blocks)
          const mixed = strength > 0 && strength < 1
          const differ = box.blocks.some((block) => strengths[block] !== strengths[box.blocks[0] ?? 0])
          return (
            <button
              key={box.blocks[0]}
              type="button"
              className="pictures-hit"
              tabIndex={index === tabStop ? 0 : -1}
              aria-label={arcLabel(plans, strength, differ)}
              aria-pressed={mixed ? 'mixed' : strength === 1}
              style={{
                left: box.x - picture.gap / 2,
                width: box.width + picture.gap,
                height: measures.height,
              }}
              onClick={() => onToggle(box.blocks)}
              onFocus={() => {
                setCurrent(index)
                onPoint(index)
              }}
              onBlur={() => onPoint(null)}
              onPointerEnter={(event) => event.pointerType === 'mouse' && onPoint(index)}
              onPointerLeave={(event) => event.pointerType === 'mouse' && onPoint(null)}
            />
          )
        })}
      </div>
    )
  },
)
