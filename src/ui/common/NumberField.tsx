import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { formatNumber } from './format.ts'
import { parseNumber } from './parseNumber.ts'

interface NumberFieldProps {
  readonly label: ReactNode
  readonly value: number
  /** What is wrong with a number, a sentence; null where nothing is. */
  readonly check: (value: number) => string | null
  readonly onCommit: (value: number) => void
  readonly unit?: string
  readonly className?: string
  readonly inputClass?: string
  /** Shown before the input. */
  readonly before?: ReactNode
  /** Shown after the input. */
  readonly children?: ReactNode
}

/** A number typed freely and checked when it is done: on Enter or on leaving the field. Escape takes the old one back. */
export const NumberField = (props: NumberFieldProps) => {
  const { label, value, check, onCommit, unit, className = 'field', inputClass = 'input' } = props
  const id = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  const done = () => {
    if (draft === null) return
    const number = parseNumber(draft)
    const refusal = Number.isNaN(number) ? 'This is not a number.' : check(number)
    setError(refusal)
    if (refusal !== null) return
    setDraft(null)
    if (number !== value) onCommit(number)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter') done()
    if (event.key === 'Escape' && draft !== null) {
      // Nor does it close the dialog around the field.
      event.preventDefault()
      event.stopPropagation()
      setDraft(null)
      setError(null)
    }
  }

  return (
    <div className={className}>
      <label htmlFor={id}>
        {label}
        {unit === undefined ? null : <span className="field__unit"> {unit}</span>}
      </label>
      <span className="field__control">
        {props.before}
        <input
          id={id}
          className={inputClass}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={draft ?? formatNumber(value)}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={done}
          onKeyDown={key}
        />
        {props.children}
      </span>
      {error === null ? null : (
        <p className="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
