import { type ReactNode, useId } from 'react'

interface SelectOption<T extends string> {
  readonly value: T
  readonly name: string
  /** Listed, but not to be chosen. */
  readonly disabled?: boolean
}

interface SelectFieldProps<T extends string> {
  readonly label: ReactNode
  readonly value: T
  readonly options: readonly SelectOption<T>[]
  readonly onChange: (value: T) => void
  readonly className?: string
  readonly selectClass?: string
  readonly labelClass?: string
}

/** The platform's own list, with its label. */
export const SelectField = <T extends string>(props: SelectFieldProps<T>) => {
  const { label, value, options, onChange, className = 'field', selectClass = 'select', labelClass } = props
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className={labelClass}>
        {label}
      </label>
      <select
        id={id}
        className={selectClass}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
