import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

interface MenuItemProps {
  readonly title: ReactNode
  readonly note?: ReactNode
  /** Given for a choice among several or a switch; absent for an action. */
  readonly checked?: boolean
  readonly onChoose: () => void
}

/** A line of something that a popover offers. */
export const MenuItem = ({ title, note, checked, onChoose }: MenuItemProps) => (
  <button
    type="button"
    className={checked === undefined ? 'menu-item menu-item--action' : 'menu-item'}
    aria-pressed={checked}
    data-first={checked ? '' : undefined}
    onClick={onChoose}
  >
    {checked === undefined ? null : (
      <span className="menu-item__mark">{checked ? <Icon name="check" /> : null}</span>
    )}
    <span>
      <span className="menu-item__title">{title}</span>
      {note === undefined ? null : <span className="menu-item__note">{note}</span>}
    </span>
  </button>
)
