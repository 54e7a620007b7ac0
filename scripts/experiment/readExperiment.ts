import { existsSync, readFileSync, statSync } from 'node:fs'
import type { ExperimentSpec } from '../../src/domain/experimentSpec.ts'
import { decodeLink } from '../../src/domain/link.ts'
import { presetNamed, presets } from '../../src/domain/presets.ts'
import { validateSpec } from '../../src/domain/validateSpec.ts'

interface Changes {
  readonly steps: number | null
  readonly seed: number | null
}

/** What is refused, with a sentence for each reason. */
export class NotAnExperiment extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The base with the parts that the change names; lists are replaced whole. Unknown keys stay, for validation to name. */
const merged = (base: unknown, change: unknown): unknown => {
  if (!isRecord(base) || !isRecord(change)) return change
  const parts = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(change)) {
    if (key === '__proto__') throw new NotAnExperiment(['The JSON holds a "__proto__", which is no setting.'])
    parts.set(key, merged(parts.get(key), value))
  }
  return Object.fromEntries(parts)
}

const presetOf = (name: unknown): ExperimentSpec => {
  const preset = presets.find((candidate) => candidate.name === name)
  if (preset !== undefined) return preset.spec
  const names = presets.map((candidate) => candidate.name).join(', ')
  throw new NotAnExperiment([`There is no preset called ${JSON.stringify(name)}; there are ${names}.`])
}

const readJson = (text: string, where: string): unknown => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new NotAnExperiment([`${where} is no valid JSON: ${reason}`])
  }
  if (!isRecord(parsed)) throw new NotAnExperiment([`${where} must hold an experiment between { and }.`])
  // The archive of a run holds its experiment as `spec`.
  if ('spec' in parsed) return parsed.spec
  const { preset = 'default', ...change } = parsed
  return merged(presetOf(preset), change)
}

const readLink = (hash: string): unknown => {
  const { spec, notices } = decodeLink(hash)
  // The page opens what it understands of a link; a command must not run something else than it was asked for.
  if (notices.length > 0) throw new NotAnExperiment(['The link was not wholly understood:', ...notices])
  return spec
}

const readSource = (source: string): unknown => {
  const text = source.trim()
  if (text.startsWith('{')) return readJson(text, 'The experiment')
  if (!text.includes('#') && existsSync(text) && statSync(text).isFile()) {
    return readJson(readFileSync(text, 'utf8'), text)
  }
  if (text.includes('#')) return readLink(text.slice(text.indexOf('#')))
  if (/^https?:/i.test(text)) {
    throw new NotAnExperiment([
      'This link has no part after a #, so it names no experiment. Leave it away for the default.',
    ])
  }
  if (text.includes('=')) return readLink(text)
  throw new NotAnExperiment([`There is no file ${text}, and it is neither a link nor JSON.`])
}

/**
 * The experiment that a person asked for, whole and valid.
 * @param source a link, a hash, a JSON file or JSON text; null: the default experiment
 * @throws NotAnExperiment where any part of it was not understood or is not possible
 */
export const readExperiment = (source: string | null, { steps, seed }: Changes): ExperimentSpec => {
  const base = source === null ? presetNamed('default').spec : readSource(source)
  const change = {
    ...(steps === null ? {} : { recipe: { steps } }),
    ...(seed === null ? {} : { seed }),
  }
  const validation = validateSpec(merged(base, change))
  if (!validation.ok) throw new NotAnExperiment(validation.sentences)
  return validation.spec
}
