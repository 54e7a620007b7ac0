import type { ShortcutType } from '../../domain/networkSpec.ts'

/**
 * Two blocks, the second with growing channels (wider), and what carries x past them: a plain line is the identity, a dotted one
 * zero padding, a filled box a 1×1 convolution.
 */
export const ShortcutDiagram = ({ type }: { readonly type: ShortcutType }) => (
  <svg
    className="shortcut-diagram"
    viewBox="0 0 44 40"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    <path d="M15 1v5M15 14v9M15 31v8" />
    <rect x="9" y="6" width="12" height="8" rx="2" />
    <rect x="6" y="23" width="18" height="8" rx="2" />
    {type === 'none' ? null : (
      <>
        <path d="M15 3.2h10q5 0 5 4v5.3q0 4-5 4H15" />
        <path d="M15 20h13q5 0 5 4v6q0 4.5-5 4.5H15" strokeDasharray={type === 'A' ? '1.5 2.5' : undefined} />
      </>
    )}
    {type === 'C' ? (
      <rect x="26.5" y="6.5" width="7" height="7" rx="1.5" fill="currentColor" stroke="none" />
    ) : null}
    {type === 'B' || type === 'C' ? (
      <rect x="29.5" y="23.5" width="7" height="7" rx="1.5" fill="currentColor" stroke="none" />
    ) : null}
  </svg>
)
