import { type KeyboardEvent, useRef, useState } from 'react'
import type { BlockPlan, NetworkPlan } from '../../domain/networkPlan.ts'
import type { NetworkPart } from './blockPieces.ts'
import type { Figure, PlacedPiece } from './figureLayout.ts'
import { pieceSentence, pieceText } from './pieceText.ts'

interface BlockFigureProps {
  readonly plan: NetworkPlan
  readonly part: NetworkPart
  readonly figure: Figure
  readonly strength: number
  readonly label: string
  /** Whether Tab comes to the pieces; else only the arrow keys do. */
  readonly inTabOrder: boolean
  readonly onPoint: (piece: string) => void
  /** The arrow that leads back to the block. */
  readonly onLeave: () => void
}

const classOf = ({ sign, piece }: PlacedPiece, isOff: boolean): string =>
  `figure-piece figure-${sign.shape}${isOff && (piece.lane === 'shortcut' || piece.lane === 'gate' || piece.role === 'residual-factor') ? ' figure-off' : ''}`

/** Every operation of one block in order, as buttons that explain themselves (arrow keys: in order of execution). */
export const BlockFigure = (props: BlockFigureProps) => {
  const { plan, part, figure, strength } = props
  const block: BlockPlan | null = typeof part === 'number' ? (plan.blocks[part] ?? null) : null
  const [current, setCurrent] = useState(0)
  const group = useRef<HTMLDivElement>(null)
  const tabStop = Math.min(current, figure.pieces.length - 1)
  const isOff = strength === 0

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' || event.key === 'Enter') event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const last = figure.pieces.length - 1
    const next = {
      ArrowRight: Math.min(last, tabStop + 1),
      ArrowDown: Math.min(last, tabStop + 1),
      ArrowLeft: tabStop - 1,
      ArrowUp: tabStop - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (next < 0) {
      props.onLeave()
      return
    }
    setCurrent(next)
    group.current?.querySelectorAll('button')[next]?.focus()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend; this is a group of buttons.
    <div
      className="figure"
      ref={group}
      role="group"
      aria-label={props.label}
      style={{ width: figure.width, height: figure.height }}
      onKeyDown={onKeyDown}
    >
      <svg width={figure.width} height={figure.height} aria-hidden="true" focusable="false">
        {figure.wires.map(({ lane, d }) => (
          <path
            key={lane}
            className={`figure-wire figure-${lane}Wire${isOff && lane !== 'residual' ? ' figure-off' : ''}`}
            d={d}
            strokeOpacity={lane === 'residual' || isOff ? 1 : 0.35 + 0.65 * strength}
          />
        ))}
        {figure.ends.map(({ text, x, y }) => (
          <text key={text} className="figure-end" x={x} y={y}>
            {text}
          </text>
        ))}
      </svg>
      {figure.pieces.map((placed, index) => {
        const { piece, sign, x, y, width, height } = placed
        const text = pieceText(plan, block, piece, strength)
        const point = () => {
          setCurrent(index)
          props.onPoint(piece.id)
        }
        return (
          <button
            key={piece.id}
            type="button"
            data-piece={piece.id}
            className={classOf(placed, isOff)}
            tabIndex={props.inTabOrder && index === tabStop ? 0 : -1}
            aria-label={pieceSentence(text)}
            style={{ left: x, top: y, width, height }}
            onClick={point}
            onFocus={point}
            onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPoint(piece.id)}
          >
            {sign.lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </button>
        )
      })}
    </div>
  )
}
