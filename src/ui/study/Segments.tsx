interface SegmentsProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly name: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** A choice of a few, side by side. */
export const Segments = <T extends string>({ label, options, value, onChange }: SegmentsProps<T>) => (
  <fieldset className="bare study-segments">
    <legend>{label}</legend>
    <span className="study-segments__row">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.name}
        </button>
      ))}
    </span>
  </fieldset>
)
