import { memo } from 'react'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { BlockDividers, BlockForm, OrderSign } from './BlockForm.tsx'
import type { NetworkLayout, PictureLayout } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'

/** Stem, blocks and head of one network: what never changes while it trains. */
export const BlockDrawing = memo(
  ({
    picture,
    network,
    spec,
    measures,
  }: {
    picture: PictureLayout
    network: NetworkLayout
    spec: NetworkSpec
    measures: RowMeasures
  }) => {
    const { top, blockHeight, scale } = measures
    const { block } = spec
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
          const form = { box, block, measures }
          return (
            <g key={box.blocks[0]}>
              {many > 1 && (
                <BlockForm {...form} className="pictures-block pictures-under" offset={3 * scale} />
              )}
              <BlockForm {...form} className="pictures-block" />
              {many > 1 ? (
                <text className="pictures-many" x={box.x + box.width / 2} y={middle}>
                  ×{many}
                </text>
              ) : (
                <BlockDividers {...form} />
              )}
              <OrderSign box={box} gap={picture.gap} spec={spec} measures={measures} />
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
