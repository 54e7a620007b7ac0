import { useId, useState } from 'react'

const longestFade = 100_000

/** How many steps a fade takes, for every switch of the page. What is no whole number of steps is put back on leaving. */
export const FadeSteps = ({ value, onChange }: { value: number; onChange: (steps: number) => void }) => {
  const id = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    const steps = Number(draft)
    if (
      draft !== null &&
      draft.trim() !== '' &&
      Number.isInteger(steps) &&
      steps >= 1 &&
      steps <= longestFade
    )
      onChange(steps)
    setDraft(null)
  }
  return (
    <label className="pictures-fadeSteps" htmlFor={id}>
      fade over
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        size={4}
        value={draft ?? String(value)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') setDraft(null)
        }}
      />
      steps
    </label>
  )
}
