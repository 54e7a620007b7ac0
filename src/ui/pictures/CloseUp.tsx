import './closeUp.css'
import { useCallback, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { SeriesStore } from '../../state/lab.ts'
import type { NetworkPart } from './blockPieces.ts'
import { PieceLine, restWords } from './CloseUpLine.tsx'
import { CloseUpPanel, type PanelFacts } from './CloseUpPanel.tsx'
import { arrange, closeUpPanels } from './closeUpPanels.ts'
import { type CloseUpState, type CloseUpTarget, sameTarget } from './closeUpState.ts'
import { figureOf } from './figureOf.ts'
import type { NetworkStyle } from './networkStyle.ts'
import type { PictureLayout } from './pictureLayout.ts'
import type { PictureModel } from './pictureModel.ts'
import type { Box } from './useBox.ts'
import { focusPart, useEscape, useUncovered } from './useCloseUpPage.ts'

export interface CloseUpProps {
  readonly closeUp: CloseUpState
  readonly model: PictureModel
  readonly styles: readonly NetworkStyle[]
  readonly picture: PictureLayout
  readonly series: SeriesStore
  /** Of all pictures: so much room there is. */
  readonly box: Box
}

interface PointedPiece extends CloseUpTarget {
  readonly piece: string
}

/**
 * A block, drawn legibly, over what lies below the networks: nothing moves when it comes. It can be entered with the mouse and with
 * the arrow keys, kept open, and is closed by Escape.
 */
export const CloseUp = ({ closeUp, model, styles, picture, series, box }: CloseUpProps) => {
  const state = useStore(closeUp.store)
  const isPinned = state.pinned !== null
  const { showsRun } = model
  const room = box.width - 34 * box.scale
  const { panels, isStacked } = arrange(
    closeUpPanels(model.plans, state).flatMap(({ network, part }): PanelFacts[] => {
      const plan = model.plans[network]
      const style = styles[network]
      const ramps = model.ramps[network]
      if (plan === undefined || style === undefined || ramps === undefined) return []
      const boxes = picture.networks[network]?.boxes ?? []
      const blocks = boxes.find((drawn) => drawn.blocks.some((block) => block === part))?.blocks ?? []
      return [{ network, part, figure: figureOf(plan, part, box, room), plan, ramps, style, blocks }]
    }),
    state.pinned,
    room,
    40 * box.scale,
  )
  const isOpen = panels.length > 0
  const shown = panels.map(({ network, part }) => `${network} ${part}`).join()

  const [pointed, setPointed] = useState<PointedPiece | null>(null)
  const onPoint = useCallback(
    (network: number, part: NetworkPart, piece: string) => setPointed({ network, part, piece }),
    [],
  )
  const pointedPanel = panels.find((panel) => sameTarget(panel, pointed))

  const layer = useRef<HTMLDivElement>(null)
  useEscape(closeUp, isOpen)
  useUncovered(closeUp, layer, shown)
  if (!isOpen) return null
  return (
    <div className="closeup-layer" ref={layer}>
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
        <div className={isStacked ? 'closeup-panels closeup-stacked' : 'closeup-panels'}>
          {panels.map((facts) => (
            <CloseUpPanel
              key={`${facts.network} ${facts.part}`}
              facts={facts}
              series={series}
              showsRun={showsRun}
              inTabOrder={isPinned}
              onPoint={onPoint}
              onLeave={focusPart}
            />
          ))}
        </div>
        <div className="closeup-foot">
          <p className="closeup-line" aria-hidden="true">
            {pointed !== null && pointedPanel !== undefined ? (
              <PieceLine facts={pointedPanel} piece={pointed.piece} series={series} showsRun={showsRun} />
            ) : (
              restWords(panels[0], isPinned, model.live)
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
