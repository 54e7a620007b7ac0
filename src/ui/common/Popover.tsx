import { type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from 'react'

interface PopoverProps {
  /** What the button shows. */
  readonly label: ReactNode
  /** Full name for those who do not see the button, where `label` is an icon. */
  readonly name?: string
  readonly title?: string
  readonly buttonClass?: string
  readonly align?: 'start' | 'end'
  readonly className?: string
  /** Name of what opens. */
  readonly heading: string
  readonly onOpen?: () => void
  readonly children: ReactNode | ((close: () => void) => ReactNode)
}

const focusable = 'button:not(:disabled), input, select, a[href]'

/** A button and what it opens over the page: the platform's popover, placed under its button, or over it where there is more room, and kept inside the window. */
export const Popover = (props: PopoverProps) => {
  const { label, name, title, buttonClass = 'button', align = 'start', className = '', heading } = props
  const { onOpen, children } = props
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  useEffect(() => {
    if (!open) return
    const place = () => {
      const anchor = button.current?.getBoundingClientRect()
      const box = panel.current
      if (!anchor || !box) return
      const { offsetWidth: width, offsetHeight: height } = box
      const wished = align === 'start' ? anchor.left : anchor.right - width
      const below = anchor.bottom + 6
      const above = anchor.top - 6 - height
      box.style.left = `${Math.max(8, Math.min(wished, document.documentElement.clientWidth - width - 8))}px`
      const fitsBelow = below + height <= innerHeight - 8
      box.style.top = `${fitsBelow ? below : above >= 8 ? above : Math.max(8, innerHeight - 8 - height)}px`
    }
    place()
    addEventListener('resize', place)
    addEventListener('scroll', place, true)
    panel.current?.querySelector<HTMLElement>('[aria-checked="true"], [data-first]')?.focus()
    return () => {
      removeEventListener('resize', place)
      removeEventListener('scroll', place, true)
    }
  }, [open, align])

  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    const isOpen = event.newState === 'open'
    setOpen(isOpen)
    if (isOpen) onOpen?.()
  }

  const moveFocus = (event: React.KeyboardEvent) => {
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return
    const items = [...(panel.current?.querySelectorAll<HTMLElement>(focusable) ?? [])]
    if (items.length === 0) return
    event.preventDefault()
    const now = items.indexOf(document.activeElement as HTMLElement)
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[event.key] ?? 0
    items[(next + items.length) % items.length]?.focus()
  }

  const close = () => {
    panel.current?.hidePopover()
    button.current?.focus()
  }

  return (
    <>
      <button
        type="button"
        ref={button}
        className={buttonClass}
        popoverTarget={id}
        aria-expanded={open}
        aria-controls={id}
        aria-label={name}
        title={title}
      >
        {label}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no popover in every browser */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={heading}
        className={`popover ${className}`}
        onToggle={toggled}
        onKeyDown={moveFocus}
      >
        {typeof children === 'function' ? children(close) : children}
      </div>
    </>
  )
}
