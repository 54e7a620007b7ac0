import type { ActivationOrder, NetworkSpec } from '../../domain/networkSpec.ts'
import type { DrawnBlocks } from './pictureLayout.ts'
import type { RowMeasures } from './rowMeasures.ts'

/** The outline of a three-layer block: its middle has fewer channels, so it is narrower. */
const waistedPath = (x: number, y: number, width: number, height: number, waist: number): string => {
  const third = width / 3
  const inset = (height * (1 - waist)) / 2
  return `M${x} ${y}h${third}v${inset}h${third}v${-inset}h${third}v${height}h${-third}v${-inset}h${-third}v${inset}h${-third}Z`
}

/** What a block is made of: two equal layers, a narrow one between two, or that in groups. */
export const BlockForm = ({
  box: { x, width },
  block,
  measures: { top, blockHeight, scale },
  className,
  offset = 0,
}: {
  box: DrawnBlocks
  block: NetworkSpec['block']
  measures: RowMeasures
  className: string
  /** Pixels to the right and down, for what lies under a folded box. */
  offset?: number
}) => {
  const place = { x: x + offset, y: top + offset, width, height: blockHeight }
  if (block === 'basic') return <rect className={className} {...place} rx={4 * scale} />
  return (
    <path
      className={className}
      d={waistedPath(place.x, place.y, width, blockHeight, 0.55)}
      strokeLinejoin="round"
    />
  )
}

/** Where one layer ends and the next begins. */
export const BlockDividers = ({
  box: { x, width },
  block,
  measures: { top, blockHeight, scale },
}: {
  box: DrawnBlocks
  block: NetworkSpec['block']
  measures: RowMeasures
}) => {
  switch (block) {
    case 'basic':
      return (
        <path
          className="pictures-divider"
          d={`M${x + width / 2} ${top + 0.2 * blockHeight}v${0.6 * blockHeight}`}
        />
      )
    case 'bottleneck':
      return null
    case 'resnext': {
      const third = width / 3
      const heights = [0.41, 0.59]
      return (
        <g>
          {heights.map((share) => (
            <path
              key={share}
              className="pictures-split"
              d={`M${x + third} ${top + share * blockHeight}h${third}`}
              strokeWidth={scale}
            />
          ))}
        </g>
      )
    }
    default:
      return block satisfies never
  }
}

interface ActivationSign {
  /** On the wire after the addition; before the first or after the last convolution of F. */
  readonly place: 'after-addition' | 'before-F' | 'end-of-F'
  /** Whether a batch norm stands with the ReLU. */
  readonly norm: boolean
}

const activationSign = (order: ActivationOrder): ActivationSign => {
  switch (order) {
    case 'original':
      return { place: 'after-addition', norm: false }
    case 'bn-after-add':
      return { place: 'after-addition', norm: true }
    case 'relu-before-add':
      return { place: 'end-of-F', norm: false }
    case 'relu-only-preact':
      return { place: 'before-F', norm: false }
    case 'full-preact':
      return { place: 'before-F', norm: true }
    default:
      return order satisfies never
  }
}

/**
 * The order of a block in a sign: a dot is the ReLU that decides it, a bar a batch norm before it (He et al. 2016, figure 4). On the
 * wire after the block, everything passes it; inside the block, the wire stays clean.
 */
export const OrderSign = ({
  box: { x, width },
  gap,
  spec: { order, batchNorm },
  measures: { top, blockHeight, scale },
}: {
  box: DrawnBlocks
  gap: number
  spec: NetworkSpec
  measures: RowMeasures
}) => {
  const { place, norm } = activationSign(order)
  const middle = top + blockHeight / 2
  const radius = Math.min(2.4 * scale, gap * 0.45)
  const at =
    place === 'after-addition'
      ? x + width + gap / 2
      : place === 'before-F'
        ? x + 1.5 * scale + radius
        : x + width - 1.5 * scale - radius
  const reach = (place === 'after-addition' ? 5 : 4.5) * scale
  return (
    <g>
      {norm && batchNorm && (
        <path
          className="pictures-normSign"
          d={`M${at} ${middle - reach}v${2 * reach}`}
          strokeWidth={1.6 * scale}
        />
      )}
      <circle className="pictures-reluSign" cx={at} cy={middle} r={radius} />
    </g>
  )
}
