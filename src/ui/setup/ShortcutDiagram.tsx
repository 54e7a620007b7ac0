import type { ShortcutType } from '../../domain/networkSpec.ts'
import { ShortcutVariantDiagram } from './ShortcutVariantDiagram.tsx'

/**
 * None, A, B and C: two blocks, the second with growing channels (wider), and what carries x past them; a plain line is the identity,
 * a dotted one zero padding, a filled box a 1×1 convolution. The others: one block, and what they do to the identity beside it.
 */
export const ShortcutDiagram = ({ type }: { readonly type: ShortcutType }) => {
  switch (type) {
    case 'scaled':
    case 'exclusive-gate':
    case 'shortcut-gate':
    case 'dropout':
      return <ShortcutVariantDiagram type={type} />
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return <TwoBlocks type={type} />
    default:
      return type satisfies never
  }
}

const TwoBlocks = ({ type }: { readonly type: 'none' | 'A' | 'B' | 'C' }) => (
  <svg
    className="shortcut-diagram"
    viewBox="0 0 44 46"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    <path d="M16 1v6.5M16 15.5v14M16 37.5V45" />
    <rect x="10" y="7.5" width="12" height="8" rx="2" />
    <rect x="7" y="29.5" width="18" height="8" rx="2" />
    {type === 'none' ? null : (
      <>
        <path d="M16 4h10a4 4 0 0 1 4 4v7.5a4 4 0 0 1-4 4H16" />
        <path
          d="M16 25.5h13a4 4 0 0 1 4 4V38a4 4 0 0 1-4 4H16"
          strokeDasharray={type === 'A' ? '1.6 2.4' : undefined}
        />
      </>
    )}
    {type === 'C' ? <Projection x={30} y={11.75} /> : null}
    {type === 'B' || type === 'C' ? <Projection x={33} y={33.75} /> : null}
  </svg>
)

const Projection = ({ x, y }: { readonly x: number; readonly y: number }) => (
  <rect x={x - 3.5} y={y - 3.5} width="7" height="7" rx="1.5" fill="currentColor" stroke="none" />
)
