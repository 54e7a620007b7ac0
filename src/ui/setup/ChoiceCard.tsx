import type { ReactNode } from 'react'

interface ChoiceCardProps {
  /** Name of the group of radio buttons. */
  readonly group: string
  readonly isChosen: boolean
  /** Why it cannot be chosen; null where it can. The sentence itself stands in a `RefusalList` of the same group. */
  readonly refusal: string | null
  readonly onChoose: () => void
  readonly className?: string
  /** A diagram, and a name. */
  readonly children: ReactNode
}

/** One of several, as a small picture with its name. */
export const ChoiceCard = (props: ChoiceCardProps) => {
  const { group, isChosen, refusal, onChoose, className = 'card', children } = props
  // What is chosen is possible, whatever a change of it would make.
  const isRefused = refusal !== null && !isChosen
  return (
    <label className={isRefused ? `${className} card--refused` : className}>
      <input
        type="radio"
        name={group}
        className="visually-hidden"
        checked={isChosen}
        disabled={isRefused}
        aria-describedby={isRefused ? `${group}-refused` : undefined}
        onChange={onChoose}
      />
      {children}
    </label>
  )
}

interface RefusalListProps {
  readonly group: string
  readonly refusals: readonly { readonly name: string; readonly refusal: string | null }[]
}

/** Why some of a group cannot be chosen, each reason once with the names of those that it keeps out. */
export const RefusalList = ({ group, refusals }: RefusalListProps) => {
  const reasons = new Map<string, string[]>()
  for (const { name, refusal } of refusals)
    if (refusal !== null) reasons.set(refusal, [...(reasons.get(refusal) ?? []), name])
  if (reasons.size === 0) return null
  return (
    <ul className="bare refusals" id={`${group}-refused`}>
      {[...reasons].map(([reason, names]) => (
        <li key={reason}>
          {namesItself(reason, names) ? null : <span className="refusals__names">{names.join(', ')}: </span>}
          {reason}
        </li>
      ))}
    </ul>
  )
}

const namesItself = (reason: string, names: readonly string[]): boolean =>
  names.length === 1 && reason.toLowerCase().startsWith(names.join('').toLowerCase())
