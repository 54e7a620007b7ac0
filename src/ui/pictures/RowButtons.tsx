import { type KeyboardEvent, memo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { NetworkPart } from './blockPieces.ts'
import { arcLabel, partLabel } from './blockText.ts'
import type { CloseUpState, CloseUpTarget } from './closeUpState.ts'
import { lockedProps } from './lockedButton.ts'
import { partButtonId } from './partButtonId.ts'
import type { DrawnBlocks, PictureLayout } from './pictureLayout.ts'
import { boxPart } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'
import { meanStrength } from './shortcutState.ts'

/** The two rows of buttons: arcs, and below them what they arch over, stem and head included. */
type Lane = 'arc' | 'part'

/** Where a key leads from a button of a lane, arcs counted as their blocks; null where the key means nothing. */
const moveOf = (
  key: string,
  lane: Lane,
  index: number,
  boxes: number,
): { readonly lane: Lane; readonly index: number } | null => {
  const first = lane === 'arc' ? 0 : -1
  const last = lane === 'arc' ? boxes - 1 : boxes
  switch (key) {
    case 'ArrowRight':
      return { lane, index: Math.min(last, index + 1) }
    case 'ArrowLeft':
      return { lane, index: Math.max(first, index - 1) }
    case 'Home':
      return { lane, index: first }
    case 'End':
      return { lane, index: last }
    case 'ArrowUp':
      return { lane: 'arc', index: Math.min(boxes - 1, Math.max(0, index)) }
    case 'ArrowDown':
      return { lane: 'part', index }
    default:
      return null
  }
}

/**
 * Arcs and blocks as buttons over the drawing: an arc is switched, a block opened. One of them is in the tab order; the arrow keys
 * move between them (ARIA practices: roving tabindex), and from a block down into its close-up.
 */
export const RowButtons = memo(
  ({
    network,
    plan,
    picture,
    boxes,
    measures,
    strengths,
    closeUp,
    locked,
    onToggle,
  }: {
    network: number
    plan: NetworkPlan
    picture: PictureLayout
    boxes: readonly DrawnBlocks[]
    measures: RowMeasures
    strengths: readonly number[]
    closeUp: CloseUpState
    /** Why nothing can be switched now, a sentence; null where it can. */
    locked: string | null
    onToggle: (blocks: readonly number[]) => void
  }) => {
    const [current, setCurrent] = useState(0)
    const group = useRef<HTMLDivElement>(null)
    const pinnedPart = useStore(closeUp.store, ({ pinned }) =>
      pinned?.network === network ? pinned.part : null,
    )
    const openPart = useStore(closeUp.store, ({ pointed }) =>
      pointed?.network === network ? pointed.part : null,
    )
    const tabStop = Math.min(current, boxes.length - 1)
    const { arcHeight, height } = measures

    const onKeyDown = (event: KeyboardEvent) => {
      // Space and Enter press the button: the page's own keys must not hear them too.
      if (event.key === ' ' || event.key === 'Enter') event.stopPropagation()
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
      const lane = event.target.dataset.lane === 'arc' ? 'arc' : 'part'
      const index = Number(event.target.dataset.index)
      const next = moveOf(event.key, lane, index, boxes.length)
      if (next === null) return
      event.preventDefault()
      event.stopPropagation()
      if (lane === 'part' && event.key === 'ArrowDown') {
        document.querySelector<HTMLElement>('.closeup [data-piece]')?.focus()
        return
      }
      setCurrent(Math.min(boxes.length - 1, Math.max(0, next.index)))
      group.current
        ?.querySelector<HTMLElement>(`[data-lane="${next.lane}"][data-index="${next.index}"]`)
        ?.focus()
    }

    /** What arcs and blocks have in common: pointing at them opens the close-up of the block. */
    const pointing = (part: NetworkPart, index: number) => {
      const target: CloseUpTarget = { network, part }
      return {
        'data-index': index,
        onFocus: (event: React.FocusEvent) => {
          setCurrent(Math.min(boxes.length - 1, Math.max(0, index)))
          if (event.target.matches(':focus-visible')) closeUp.show(target)
        },
        onBlur: () => closeUp.leave(),
        onPointerEnter: (event: React.PointerEvent) => event.pointerType === 'mouse' && closeUp.point(target),
        onPointerLeave: (event: React.PointerEvent) => event.pointerType === 'mouse' && closeUp.leave(),
      }
    }
    const partButton = (part: NetworkPart, index: number, left: number, width: number, label: string) => (
      <button
        key={part}
        id={partButtonId(network, part)}
        type="button"
        className={`pictures-part${pinnedPart === part || openPart === part ? ' pictures-partOpen' : ''}`}
        data-lane="part"
        tabIndex={-1}
        aria-label={label}
        aria-expanded={pinnedPart === part}
        style={{ left, width, top: arcHeight, height: height - arcHeight }}
        onClick={() => closeUp.togglePin({ network, part })}
        {...pointing(part, index)}
      />
    )

    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend; this is a group of buttons.
      <div
        ref={group}
        role="group"
        aria-label={`Shortcuts of network ${network + 1}, block by block`}
        onKeyDown={onKeyDown}
      >
        {boxes.map((box, index) => {
          const plans = box.blocks.flatMap((block) => plan.blocks[block] ?? [])
          const strength = meanStrength(strengths, box.blocks)
          const mixed = strength > 0 && strength < 1
          const differ = box.blocks.some((block) => strengths[block] !== strengths[box.blocks[0] ?? 0])
          return (
            <button
              key={box.blocks[0]}
              type="button"
              className="pictures-hit"
              data-lane="arc"
              tabIndex={index === tabStop ? 0 : -1}
              aria-label={arcLabel(plans, strength, differ)}
              aria-pressed={mixed ? 'mixed' : strength === 1}
              style={{ left: box.x - picture.gap / 2, width: box.width + picture.gap, height: arcHeight }}
              onClick={() => locked === null && onToggle(box.blocks)}
              {...lockedProps(locked)}
              {...pointing(boxPart(box), index)}
            />
          )
        })}
        {partButton('stem', -1, 0, picture.endWidth, partLabel('stem', []))}
        {boxes.map((box, index) => {
          const part = boxPart(box)
          const plans = box.blocks.flatMap((block) => plan.blocks[block] ?? [])
          return partButton(part, index, box.x, box.width, partLabel(part, plans))
        })}
        {partButton('head', boxes.length, picture.headX, picture.endWidth, partLabel('head', []))}
      </div>
    )
  },
)
