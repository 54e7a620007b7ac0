import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { validateSpec } from '../../domain/validateSpec.ts'

/** Why an edit is not possible, a sentence; null where it is. */
export const refusalOf = (edited: ExperimentSpec): string | null => {
  const validation = validateSpec(edited)
  return validation.ok ? null : (validation.sentences[0] ?? 'This is not possible.')
}
