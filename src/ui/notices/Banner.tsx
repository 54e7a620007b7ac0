import type { ReactNode } from 'react'
import { Icon } from '../common/Icon.tsx'

interface BannerProps {
  readonly tone: 'calm' | 'warning' | 'failure'
  readonly title?: string
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly onDismiss?: () => void
}

/** Something that a person should know: what happened and what to do, in place, never over their work. */
export const Banner = ({ tone, title, children, actions, onDismiss }: BannerProps) => (
  <div className={`banner banner--${tone}`}>
    <span className="banner__icon">
      <Icon name={tone === 'calm' ? 'info' : 'alert'} />
    </span>
    <div className="banner__words">
      {title === undefined ? null : <p className="banner__title">{title}</p>}
      <div>{children}</div>
    </div>
    {actions === undefined ? null : <div className="banner__actions">{actions}</div>}
    {onDismiss === undefined ? null : (
      <button
        type="button"
        className="button button--quiet button--small button--icon banner__close"
        aria-label="Dismiss"
        title="Dismiss"
        onClick={onDismiss}
      >
        <Icon name="close" />
      </button>
    )}
  </div>
)
