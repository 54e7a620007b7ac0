import { type MouseEvent, type ReactNode, startTransition, useEffect, useState } from 'react'

interface FoldProps {
  readonly title: string
  /** What it holds now, in a few words. */
  readonly facts: ReactNode
  /** Opens it by itself when this becomes true: what it holds was set by other means. Closing is always the visitor's. */
  readonly isNeeded?: boolean
  /** Fetches what is in it, where that comes later than the page (`LazyFold`): called when somebody is about to open it. */
  readonly preload?: () => void
  readonly className?: string
  readonly children: ReactNode
}

/** One line of the set-up that unfolds. What is in it is drawn only while it is open. */
export const Fold = ({
  title,
  facts,
  isNeeded = false,
  preload,
  className = 'fold',
  children,
}: FoldProps) => {
  const [isOpen, setOpen] = useState(isNeeded)
  useEffect(() => {
    if (isNeeded) setOpen(true)
  }, [isNeeded])
  const toggle = (event: MouseEvent) => {
    if (preload === undefined) return
    // The browser would unfold it at once and empty.
    event.preventDefault()
    startTransition(() => setOpen(!isOpen))
  }
  return (
    <details className={className} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button */}
      <summary onClick={toggle} onPointerEnter={preload} onFocus={preload}>
        <span className="fold__title">{title}</span>
        <span className="fold__facts">{facts}</span>
      </summary>
      {isOpen ? <div className="fold__body">{children}</div> : null}
    </details>
  )
}
