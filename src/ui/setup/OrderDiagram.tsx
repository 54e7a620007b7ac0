import type { ActivationOrder } from '../../domain/networkSpec.ts'
import { type OrderPiece, orderPieces } from './orderPieces.ts'

const row = 14.5
const middle = 23
const top = 7
const arcX = 54

const names: Readonly<Record<Exclude<OrderPiece, 'add'>, string>> = {
  conv: 'conv',
  norm: 'BN',
  relu: 'ReLU',
}

interface OrderDiagramProps {
  readonly order: ActivationOrder
  readonly batchNorm: boolean
}

/** A block from top to bottom as He et al. 2016, figure 4, draw it: what is trained filled, ReLU outlined, the shortcut beside. */
export const OrderDiagram = ({ order, batchNorm }: OrderDiagramProps) => {
  const pieces = orderPieces(order, batchNorm)
  const rows = pieces.map((piece, index) => ({ piece, y: top + row * (index + 0.5) }))
  const addition = rows.find(({ piece }) => piece === 'add')?.y ?? 0
  const end = top + row * pieces.length
  return (
    <svg
      className="order-diagram"
      viewBox={`0 0 58 ${top + row * 7 + 5}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden="true"
    >
      <path d={`M${middle} 0V${end + 5}`} />
      <path
        d={`M${middle} 3.5H${arcX - 4}a4 4 0 0 1 4 4V${addition - 4}a4 4 0 0 1-4 4H${middle}`}
        strokeWidth="1.5"
      />
      {rows.map(({ piece, y }) =>
        piece === 'add' ? (
          <g key={y}>
            <circle className="order-diagram__sign" cx={middle} cy={y} r="5" />
            <path d={`M${middle - 2.75} ${y}h5.5M${middle} ${y - 2.75}v5.5`} />
          </g>
        ) : (
          <g key={y}>
            <rect
              className={`order-diagram__piece order-diagram__piece--${piece}`}
              x={middle - 19}
              y={y - 5.75}
              width="38"
              height="11.5"
              rx="2.5"
            />
            <text
              x={middle}
              y={y + 3.25}
              fontSize="9.25"
              textAnchor="middle"
              fill="currentColor"
              stroke="none"
            >
              {names[piece]}
            </text>
          </g>
        ),
      )}
    </svg>
  )
}
