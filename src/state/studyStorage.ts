import type { StudyRecord } from '../domain/study.ts'
import { parseStudy } from '../domain/studySchema.ts'
import { type StudyKind, studyKinds } from '../domain/studyVariants.ts'
import type { StudyState } from './lab.ts'
import type { StoragePort } from './labPorts.ts'

const keyOf = (kind: StudyKind): string => `degradation-lab.study.${kind}`

/** What the browser kept of earlier studies; what cannot be understood is left out. */
export const readStudies = (storage: StoragePort): StudyState['records'] => {
  const read = (kind: StudyKind): StudyRecord | null => {
    const record = parseStudy(storage.read(keyOf(kind)))
    return record?.request.kind === kind ? record : null
  }
  const [shortcuts, orders] = studyKinds.map(read)
  return { shortcuts: shortcuts ?? null, orders: orders ?? null }
}

export const writeStudy = (storage: StoragePort, kind: StudyKind, record: StudyRecord | null): void =>
  storage.write(keyOf(kind), JSON.stringify(record))
