import { memo } from 'react'
import type { NetworkLayout, PictureLayout } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'

/** Stem, blocks and head of one network: what never changes while it trains. */
export const BlockDrawing = memo(
  ({
    picture,
    network,
    measures,
  }: {
    picture: PictureLayout
    network: NetworkLayout
    measures: RowMeasures
  }) => {
    const { top, blockHeight, scale } = measures
    const middle = top + blockHeight / 2
    const end = { y: top, width: picture.endWidth, height: blockHeight, rx: 4 * scale }
    return (
      <g>
        <path className="pictures-wire" d={`M${picture.endWidth} ${middle}H${picture.headX}`} />
        <rect className="pictures-end" x={0.5} {...end} width={picture.endWidth - 1} />
        <text className="pictures-endText" x={picture.endWidth / 2} y={middle}>
          3×3
        </text>
        {network.boxes.map((box) => {
          const many = box.blocks.length
          return (
            <g key={box.blocks[0]}>
              {many > 1 && (
                <rect
                  className="pictures-block pictures-under"
                  x={box.x + 3 * scale}
                  y={top + 3 * scale}
                  width={box.width}
                  height={blockHeight}
                  rx={4 * scale}
                />
              )}
              <rect
                className="pictures-block"
                x={box.x}
                y={top}
                width={box.width}
                height={blockHeight}
                rx={4 * scale}
              />
              {many > 1 ? (
                <text className="pictures-many" x={box.x + box.width / 2} y={middle}>
                  ×{many}
                </text>
              ) : (
                <path
                  className="pictures-divider"
                  d={`M${box.x + box.width / 2} ${top + 0.2 * blockHeight}v${0.6 * blockHeight}`}
                />
              )}
            </g>
          )
        })}
        <rect className="pictures-end" x={picture.headX + 0.5} {...end} width={picture.endWidth - 1} />
        <text className="pictures-endText" x={picture.headX + picture.endWidth / 2} y={middle}>
          fc
        </text>
      </g>
    )
  },
)
