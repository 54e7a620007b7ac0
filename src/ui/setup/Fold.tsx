import { type ReactNode, useEffect, useState } from 'react'

interface FoldProps {
  readonly title: string
  /** What it holds now, in a few words. */
  readonly facts: ReactNode
  /** Opens it by itself when this becomes true: what it holds was set by other means. Closing is always the visitor's. */
  readonly isNeeded?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** One line of the set-up that unfolds. What is in it is drawn only while it is open. */
export const Fold = ({ title, facts, isNeeded = false, className = 'fold', children }: FoldProps) => {
  const [isOpen, setOpen] = useState(isNeeded)
  useEffect(() => {
    if (isNeeded) setOpen(true)
  }, [isNeeded])
  return (
    <details className={className} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="fold__title">{title}</span>
        <span className="fold__facts">{facts}</span>
      </summary>
      {isOpen ? <div className="fold__body">{children}</div> : null}
    </details>
  )
}
