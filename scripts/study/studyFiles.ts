import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StudyRecord } from '../../src/domain/study.ts'
import { parseStudy } from '../../src/domain/studySchema.ts'
import { studyCsv } from '../../src/export/studyCsv.ts'
import { studySvg } from '../../src/export/studySvg.ts'

/**
 * The study that a folder holds; null where it holds none.
 * @throws Error with a sentence where its file cannot be read as a study.
 */
export const readStudy = (directory: string): StudyRecord | null => {
  const file = join(directory, 'study.json')
  if (!existsSync(file)) return null
  const record = parseStudy(readFileSync(file, 'utf8'))
  if (record === null) throw new Error(`${file} is no study of this lab. Choose another folder, or --fresh.`)
  return record
}

/** Writes the study's three files; the folder is made where it is not there. */
export const writeStudy = (record: StudyRecord, directory: string): void => {
  mkdirSync(directory, { recursive: true })
  const write = (name: string, text: string): void => {
    // Whole or not at all, so that an interruption leaves what was there.
    writeFileSync(join(directory, `${name}.part`), text)
    renameSync(join(directory, `${name}.part`), join(directory, name))
  }
  write('study.json', `${JSON.stringify(record, null, 1)}\n`)
  write('study.csv', studyCsv(record))
  write('study.svg', studySvg(record, { width: 960, theme: 'light' }))
}
