import './panels.css'
import { type ReactNode, Suspense, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from '../common/Icon.tsx'
import { PartBoundary } from '../notices/PartBoundary.tsx'

interface PanelDialogProps {
  readonly title: string
  readonly isOpen: boolean
  /** Called when it has closed, by whatever way. */
  readonly onClose: () => void
  /** What stands in it while it is open; `close` closes it. */
  readonly children: (close: () => void) => ReactNode
}

/**
 * The platform's modal dialog over the whole page: the rest is inert, Escape closes, and the focus goes back to what opened it.
 * The element stays in the page, because one that is taken out while it is open gives no focus back.
 */
export const PanelDialog = ({ title, isOpen, onClose, children }: PanelDialogProps) => {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLElement>(null)

  // Another title is another panel, to be shown though one was open until just now.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null || element.open === isOpen) return
    if (!isOpen) return element.close()
    element.showModal()
    // Arrow keys scroll at once, and a reader says the title.
    body.current?.focus()
  }, [isOpen, title])

  const close = () => dialog.current?.close()
  const hasClosed = () => {
    // Told late, when the next panel is already there, it is no news.
    if (dialog.current?.open === false) onClose()
  }
  return (
    <dialog ref={dialog} className="panel" aria-labelledby={titleId} closedby="any" onClose={hasClosed}>
      <header className="panel__head">
        <h2 className="panel__title" id={titleId}>
          {title}
        </h2>
        <button type="button" className="button button--quiet panel__close" onClick={close}>
          <Icon name="close" />
          Close
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section ref={body} className="panel__body" aria-labelledby={titleId} tabIndex={0}>
        {isOpen ? (
          <PartBoundary name={title}>
            <Suspense fallback={<p className="note">Opening</p>}>{children(close)}</Suspense>
          </PartBoundary>
        ) : null}
      </section>
    </dialog>
  )
}
