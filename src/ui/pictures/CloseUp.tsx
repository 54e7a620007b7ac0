import { useCallback, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SeriesStore } from '../../state/lab.ts'
import type { NetworkPart } from './blockPieces.ts'
import { pathWords } from './blockText.ts'
import { CloseUpPanel } from './CloseUpPanel.tsx'
import { closeUpPanels } from './closeUpPanels.ts'
import type { CloseUpState, CloseUpTarget } from './closeUpState.ts'
import type { NetworkStyle } from './networkStyle.ts'
import { partButtonId } from './partButtonId.ts'
import type { PictureLayout } from './pictureLayout.ts'
import type { PictureModel } from './pictureModel.ts'
import type { PieceText } from './pieceText.ts'
import type { Box } from './useBox.ts'

const focusPart = (network: number, part: NetworkPart): void =>
  document.getElementById(partButtonId(network, part))?.focus()

/** What can be done, while no piece is pointed at. */
const restWords = (model: PictureModel, panels: readonly CloseUpTarget[], isPinned: boolean): string => {
  if (isPinned)
    return 'Point at a piece to see what it is; at another block to see it beside this one. Escape closes.'
  const panel = panels[0]
  const plan = panel === undefined ? undefined : model.plans[panel.network]
  const block = typeof panel?.part === 'number' ? plan?.blocks[panel.part] : undefined
  const stay = 'Point at a piece to see what it is. A click on the block keeps this open.'
  if (panel === undefined || plan === undefined || block === undefined) return stay
  const turnsOn = model.ramps[panel.network]?.[block.index]?.to === 0
  const when = model.live ? 'at the next step' : 'from step 0 of the next run'
  return `Shortcut: ${pathWords(plan.spec, block)}. A click on its arc switches it ${turnsOn ? 'on' : 'off'}, ${when}. ${stay}`
}

/**
 * A block, drawn legibly, over what lies below the networks: nothing moves when it comes. It can be entered with the mouse and with
 * the arrow keys, kept open, and is closed by Escape.
 */
export const CloseUp = ({
  closeUp,
  model,
  styles,
  picture,
  series,
  box,
}: {
  closeUp: CloseUpState
  model: PictureModel
  styles: readonly NetworkStyle[]
  picture: PictureLayout
  series: SeriesStore
  /** Of all pictures: so much room there is. */
  box: Box
}) => {
  const state = useStore(closeUp.store)
  const panels = closeUpPanels(model.plans, state)
  const isPinned = state.pinned !== null
  const isOpen = panels.length > 0
  const [pointed, setPointed] = useState<PieceText | null>(null)
  const shown = panels.map(({ network, part }) => `${network} ${part}`).join()
  const [explained, setExplained] = useState(shown)
  if (explained !== shown) {
    setExplained(shown)
    setPointed(null)
  }

  useEffect(() => {
    if (!isOpen) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]') !== null)
        return
      const inside = document.activeElement?.closest('.closeup') ?? null
      const { pinned, pointed: open } = closeUp.store.getState()
      closeUp.close()
      const target = pinned ?? open
      if (inside !== null && target !== null) focusPart(target.network, target.part)
      if (inside !== null) closeUp.show(null)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isOpen, closeUp])

  const onLeave = useCallback((network: number, part: NetworkPart) => focusPart(network, part), [])
  if (!isOpen) return null
  const perPanel = panels.length > 1 ? (box.width - 64 * box.scale) / 2 : box.width - 32 * box.scale
  return (
    <div className="closeup-layer">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend; this is a group of drawings. */}
      <div
        className="closeup"
        role="group"
        aria-label="Close-up"
        onPointerEnter={closeUp.stay}
        onPointerLeave={(event) => event.pointerType === 'mouse' && closeUp.leave()}
        onFocus={closeUp.stay}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && closeUp.leave()}
      >
        <div className="closeup-panels">
          {panels.map(({ network, part }) => {
            const plan = model.plans[network]
            const style = styles[network]
            const ramps = model.ramps[network]
            if (plan === undefined || style === undefined || ramps === undefined) return null
            const drawn = picture.networks[network]?.boxes.find(({ blocks }) =>
              blocks.some((block) => block === part),
            )
            return (
              <CloseUpPanel
                key={`${network} ${part}`}
                series={series}
                network={network}
                part={part}
                blocks={drawn?.blocks ?? []}
                plan={plan}
                ramps={ramps}
                showsRun={model.showsRun}
                style={style}
                scale={box.scale}
                tinyText={box.tinyText}
                room={perPanel}
                inTabOrder={isPinned}
                onPoint={setPointed}
                onLeave={onLeave}
              />
            )
          })}
        </div>
        <div className="closeup-foot">
          <p className="closeup-line" aria-hidden="true">
            {pointed === null ? (
              restWords(model, panels, isPinned)
            ) : (
              <>
                <b>{pointed.name}</b> <span className="closeup-formula">{pointed.formula}</span>{' '}
                {pointed.words} <span className="closeup-paper">({pointed.paper})</span>
              </>
            )}
          </p>
          <button
            type="button"
            className="closeup-close"
            aria-label="Close the close-up"
            onClick={closeUp.close}
          >
            ×
          </button>
        </div>
      </div>
    </div>
  )
}
