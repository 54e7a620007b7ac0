import { memo, useMemo, useRef } from 'react'
import type { LayerTable } from '../../domain/layerTable.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { PathSign } from '../pictures/PathSign.tsx'
import { useBox } from '../pictures/useBox.ts'
import { shortcutSign } from './drawingText.ts'
import { type FoldedBox, type FoldedStage, foldedLayout } from './foldedLayout.ts'

/** Heights at scale 1, pixels. */
const arcTop = 6
const top = 26
const blockHeight = 30
const height = 92

/** A whole network with its repeated blocks folded, in the language of the lab's pictures. What it shows is also in the table. */
export const FoldedDrawing = memo(
  ({ table, shortcut }: { readonly table: LayerTable; readonly shortcut: ShortcutType }) => {
    const ruler = useRef<HTMLDivElement>(null)
    const box = useBox(ruler)
    const width = box?.width ?? 520
    const scale = box?.scale ?? 1
    const picture = useMemo(() => foldedLayout(table, { width, scale }), [table, width, scale])
    const middle = (top + blockHeight / 2) * scale
    const end = { y: top * scale, width: picture.endWidth - 1, height: blockHeight * scale, rx: 4 * scale }
    return (
      <div className="explorer-drawing" ref={ruler}>
        <svg width={picture.width} height={height * scale} aria-hidden="true" focusable="false">
          <path className="explorer-wire" d={`M${picture.endWidth} ${middle}H${picture.headX}`} />
          <rect className="explorer-end" x={0.5} {...end} />
          <text className="explorer-text" x={picture.endWidth / 2} y={middle}>
            {picture.stemKernel}×{picture.stemKernel}
          </text>
          {picture.pool === null ? null : (
            <path
              className="explorer-end"
              d={`M${picture.pool.x} ${top * scale}l${picture.pool.width} ${5 * scale}v${(blockHeight - 10) * scale}l${-picture.pool.width} ${5 * scale}z`}
            />
          )}
          {picture.stages.map((stage) => (
            <Stage key={stage.x} stage={stage} shortcut={shortcut} gap={picture.gap} scale={scale} />
          ))}
          <rect className="explorer-end" x={picture.headX + 0.5} {...end} />
          <text className="explorer-text" x={picture.headX + picture.endWidth / 2} y={middle}>
            fc
          </text>
        </svg>
      </div>
    )
  },
)

interface StageProps {
  readonly stage: FoldedStage
  readonly shortcut: ShortcutType
  readonly gap: number
  readonly scale: number
}

const Stage = ({ stage, shortcut, gap, scale }: StageProps) => (
  <g>
    {stage.boxes.map((box) => (
      <g key={box.block.index}>
        <Box box={box} groups={stage.groups} scale={scale} />
        {box.block.shortcutPath === 'none' ? null : (
          <>
            <path className="explorer-arc" d={arcPath(box, gap, scale)} />
            <Sign box={box} shortcut={shortcut} scale={scale} />
          </>
        )}
      </g>
    ))}
    <text className="explorer-caption" x={stage.x} y={(top + blockHeight + 17) * scale}>
      {stage.outputChannels} ch
    </text>
    <text className="explorer-caption" x={stage.x} y={(top + blockHeight + 31) * scale}>
      {stage.outputSide}×{stage.outputSide}
    </text>
  </g>
)

interface BoxProps {
  readonly box: FoldedBox
  readonly groups: readonly number[]
  readonly scale: number
}

const Box = ({ box, groups, scale }: BoxProps) => {
  const { x, width, count } = box
  const shape = { width, height: blockHeight * scale, rx: 4 * scale }
  const y = top * scale
  return (
    <>
      {count > 1 ? (
        <rect className="explorer-block explorer-under" x={x + 3 * scale} y={y + 3 * scale} {...shape} />
      ) : null}
      <rect className="explorer-block" x={x} y={y} {...shape} />
      {count > 1 ? (
        <text className="explorer-many" x={x + width / 2} y={(top + blockHeight / 2) * scale}>
          ×{count}
        </text>
      ) : (
        <path className="explorer-divider" d={dividers(box, groups, scale)} />
      )}
    </>
  )
}

/** A line between the layers of F; across a layer that has groups. */
const dividers = ({ x, width }: FoldedBox, groups: readonly number[], scale: number): string => {
  const share = width / groups.length
  const between = groups
    .slice(1)
    .map((_, i) => `M${x + (i + 1) * share} ${(top + 6) * scale}v${(blockHeight - 12) * scale}`)
  const across = groups.flatMap((count, i) =>
    count === 1
      ? []
      : [0.25, 0.5, 0.75].map(
          (at) => `M${x + (i + 0.2) * share} ${(top + at * blockHeight) * scale}h${0.6 * share}`,
        ),
  )
  return [...between, ...across].join('')
}

const arcPath = ({ x, width }: FoldedBox, gap: number, scale: number): string => {
  const left = x - gap / 2
  const right = x + width + gap / 2
  const peak = (top - (top - arcTop) / 0.75) * scale
  const shoulder = Math.min(0.12 * width, 8 * scale)
  return `M${left} ${(top + blockHeight / 2) * scale}V${top * scale}C${left + shoulder} ${peak} ${right - shoulder} ${peak} ${right} ${top * scale}V${(top + blockHeight / 2) * scale}`
}

/** A ring (a zero) for padding, a filled square for a projection; a letter where something acts on the shortcut. */
const Sign = (props: {
  readonly box: FoldedBox
  readonly shortcut: ShortcutType
  readonly scale: number
}) => {
  const { box, shortcut, scale } = props
  const x = box.x + box.width / 2
  const y = arcTop * scale
  const sign = shortcutSign(shortcut)
  return (
    <>
      <PathSign path={box.block.shortcutPath} x={x} y={y} scale={scale} />
      {sign === null ? null : (
        <text className="explorer-letter" x={x} y={(arcTop + 12) * scale}>
          {sign.letter}
        </text>
      )}
    </>
  )
}
