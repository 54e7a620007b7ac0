import { limits } from '../../domain/limits.ts'
import { type StudyRequest, studyProblems, studySeeds } from '../../domain/study.ts'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import type { BaseChoice } from './studyChoices.ts'

interface StudyFormProps {
  readonly request: StudyRequest
  readonly bases: readonly BaseChoice[]
  readonly base: BaseChoice['value']
  readonly onChange: (change: Partial<Pick<StudyRequest, 'depth' | 'seeds'>>) => void
  readonly onBase: (base: BaseChoice['value']) => void
}

/** Depth, seeds and data of the next study. */
export const StudyForm = ({ request, bases, base, onChange, onBase }: StudyFormProps) => {
  const seedsProblem = (seeds: number): string | null =>
    studyProblems({ ...request, depth: limits.depth.min, seeds })[0] ?? null
  return (
    <div className="study-form">
      <NumberField
        label="Layers"
        value={request.depth}
        check={(depth) => studyProblems({ ...request, depth })[0] ?? null}
        onCommit={(depth) => onChange({ depth })}
      />
      <NumberField
        label="Seeds"
        unit={`${studySeeds.min} to ${studySeeds.max}`}
        value={request.seeds}
        check={seedsProblem}
        onCommit={(seeds) => onChange({ seeds })}
      />
      <SelectField
        label="Data and recipe"
        className="field study-form__base"
        value={base}
        options={bases}
        onChange={onBase}
      />
    </div>
  )
}
