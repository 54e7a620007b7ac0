import { type ReactNode, useId, useRef } from 'react'

interface TipProps {
  /** What stands in the line. */
  readonly label: ReactNode
  /** It is cut where the line is short of room. */
  readonly isLong?: boolean
  /** What is told on hover, on focus and on a tap. */
  readonly children: ReactNode
}

/** A term of the status line, and its explanation over it. */
export const Tip = ({ label, isLong = false, children }: TipProps) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const tip = useRef<HTMLSpanElement>(null)
  const show = () => {
    const box = tip.current
    const anchor = button.current?.getBoundingClientRect()
    if (!box || !anchor || box.matches(':popover-open')) return
    box.showPopover()
    box.style.left = `${Math.max(8, Math.min(anchor.left, document.documentElement.clientWidth - box.offsetWidth - 8))}px`
    box.style.top = `${anchor.top - box.offsetHeight - 6}px`
  }
  const hide = () => {
    if (tip.current?.matches(':popover-open')) tip.current.hidePopover()
  }
  return (
    // What hovering shows, focusing the button shows too.
    <span className={isLong ? 'tip tip--long' : 'tip'} onPointerEnter={show} onPointerLeave={hide}>
      <button
        type="button"
        ref={button}
        className="status__term"
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === 'Escape') hide()
        }}
      >
        {label}
      </button>
      <span ref={tip} id={id} popover="manual" className="popover tip__box">
        {children}
      </span>
    </span>
  )
}
