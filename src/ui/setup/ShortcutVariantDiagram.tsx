import type { ShortcutType } from '../../domain/networkSpec.ts'

/** The shortcuts that He et al. 2016 tried in place of the identity. */
export type ShortcutVariant = Extract<ShortcutType, 'scaled' | 'exclusive-gate' | 'shortcut-gate' | 'dropout'>

const gateY = 18
const signY = 30.5

/** One block as in He et al. 2016, figure 2, with the signs of what acts on F and on x. */
export const ShortcutVariantDiagram = ({ type }: { readonly type: ShortcutVariant }) => (
  <svg
    className="shortcut-diagram shortcut-diagram--variant"
    viewBox="0 0 48 46"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    <path d="M14 1v9.5M14 20.5V45" />
    <rect x="5" y="10.5" width="18" height="10" rx="2" />
    {type === 'dropout' ? (
      <path d="M14 5h20a4 4 0 0 1 4 4v4.5M38 27.5V36a4 4 0 0 1-4 4H14M34.5 16.5l7 3M34.5 21.5l7 3" />
    ) : (
      <path d="M14 5h20a4 4 0 0 1 4 4v27a4 4 0 0 1-4 4H14" />
    )}
    {type === 'scaled' ? (
      <>
        <Sign x={14} y={signY} text="½" />
        <Sign x={38} y={22.5} text="½" />
      </>
    ) : null}
    {type === 'shortcut-gate' ? <Sign x={38} y={22.5} text="σ" /> : null}
    {type === 'exclusive-gate' ? (
      <>
        <path d={`M33 ${gateY + 3.5}L19 ${signY - 2.5}`} strokeDasharray="2 2" />
        <Sign x={38} y={gateY} text="σ" />
        <Sign x={14} y={signY} text="×" />
        <Sign x={38} y={signY + 1.5} text="×" />
      </>
    ) : null}
  </svg>
)

interface SignProps {
  readonly x: number
  readonly y: number
  readonly text: string
}

const Sign = ({ x, y, text }: SignProps) => (
  <>
    <circle className="shortcut-diagram__sign" cx={x} cy={y} r="5.75" strokeWidth="1.25" />
    <text x={x} y={y + 3} fontSize="8.5" textAnchor="middle" fill="currentColor" stroke="none">
      {text}
    </text>
  </>
)
