import type { BlockType } from '../../domain/networkSpec.ts'

interface Layer {
  readonly text: string
  /** Half the width of its box: as its output channels go. */
  readonly half: number
  /** Parts that compute side by side. */
  readonly groups?: number
}

const layers: Readonly<Record<BlockType, readonly Layer[]>> = {
  basic: [
    { text: '3×3', half: 13 },
    { text: '3×3', half: 13 },
  ],
  bottleneck: [
    { text: '1×1', half: 11 },
    { text: '3×3', half: 11 },
    { text: '1×1', half: 20 },
  ],
  resnext: [
    { text: '1×1', half: 14 },
    { text: '3×3', half: 14, groups: 4 },
    { text: '1×1', half: 20 },
  ],
}

const middle = 22

/** The convolutions of F, wide where there are many channels (He et al. 2015, figure 5; Xie et al. 2017, figure 3c). */
export const BlockDiagram = ({ block }: { readonly block: BlockType }) => {
  const rows = layers[block]
  const step = 46 / rows.length
  return (
    <svg
      className="block-diagram"
      viewBox="0 0 44 46"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden="true"
    >
      <path d={`M${middle} 0V46`} />
      {rows.map(({ text, half, groups = 1 }, index) => {
        const y = step * (index + 0.5)
        const part = (2 * half) / groups
        return (
          <g key={`${block} ${y}`}>
            {Array.from({ length: groups }, (_, group) => middle - half + part * group).map((x) => (
              <rect
                key={x}
                className="block-diagram__layer"
                x={x}
                y={y - 5.5}
                width={groups > 1 ? part - 1.5 : part}
                height="11"
                rx="2"
              />
            ))}
            {groups > 1 ? null : (
              <text x={middle} y={y + 3} fontSize="8.5" textAnchor="middle" fill="currentColor" stroke="none">
                {text}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
