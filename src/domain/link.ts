import type { ExperimentSpec } from './experimentSpec.ts'
import { linkFields, shortened } from './linkFields.ts'
import { linkVersion, upgradePairs } from './linkUpgrades.ts'
import { type PresetName, presetNamed, presets } from './presets.ts'
import { strictNumber } from './strictNumber.ts'
import { validateSpec } from './validateSpec.ts'

/** What a link says; always a valid experiment. */
export interface DecodedLink {
  readonly preset: PresetName
  readonly spec: ExperimentSpec
  /** Sentences about what was not understood and left out; empty when all was. */
  readonly notices: readonly string[]
}

/** Longer than the longest link that the lab writes. */
const maxLinkLength = 200_000
const maxNotices = 8

/** The text for a link's hash, without `#`: a version, a preset, and only what differs from the preset. */
export const encodeLink = (preset: PresetName, spec: ExperimentSpec): string => {
  const base = presetNamed(preset).spec
  const pairs = linkFields.flatMap(({ key, write }) => {
    const text = write(spec, base)
    return text === null ? [] : [`${key}=${text}`]
  })
  return [`v=${linkVersion}`, `preset=${preset}`, ...pairs].join('&')
}

/**
 * Reads a hash, with or without its `#`. Never throws: what is not understood is left out with a notice, and where the rest makes
 * no possible experiment, the default opens. Keys are looked up, never walked into objects.
 */
export const decodeLink = (hash: string): DecodedLink => {
  const text = hash.startsWith('#') ? hash.slice(1) : hash
  if (text === '') return defaultWith([])
  if (text.length > maxLinkLength)
    return defaultWith(['This link is too long to be one of the lab, so the default experiment is open.'])

  const notices: string[] = []
  const written = readPairs(text, notices)
  const versionText = written.get('v')
  const version = versionText === undefined ? linkVersion : (strictNumber(versionText) ?? Number.NaN)
  const rest = new Map([...written].filter(([key]) => key !== 'v'))
  const pairs = upgradePairs(rest, version)
  if (pairs === null) return defaultWith([versionNotice(versionText ?? '', version)])

  const preset = readPreset(pairs.get('preset'), notices)
  let spec = presetNamed(preset).spec
  for (const { key, read } of linkFields) {
    const value = pairs.get(key)
    if (value === undefined) continue
    const reading = read(value, spec)
    spec = reading.spec
    notices.push(...reading.notices)
  }
  for (const key of pairs.keys())
    if (key !== 'preset' && !linkFields.some((field) => field.key === key))
      notices.push(`The link's "${shortened(key)}" is not known here and was left out.`)

  const validation = validateSpec(spec)
  if (validation.ok) return { preset, spec: validation.spec, notices: firstNotices(notices) }
  return defaultWith([
    'The link asks for an experiment that is not possible, so the default one is open.',
    ...validation.sentences,
    ...notices,
  ])
}

const defaultWith = (notices: readonly string[]): DecodedLink => ({
  preset: 'default',
  spec: presetNamed('default').spec,
  notices: firstNotices(notices),
})

const firstNotices = (notices: readonly string[]): readonly string[] =>
  notices.length <= maxNotices
    ? notices
    : [
        ...notices.slice(0, maxNotices - 1),
        `And ${notices.length - maxNotices + 1} more parts of the link were left out.`,
      ]

const versionNotice = (text: string, version: number): string =>
  version > linkVersion
    ? `This link was made by a newer version of the lab (${shortened(text)}; this one reads up to ${linkVersion}), so the default experiment is open. Reload the page to get the newest lab.`
    : `The link's version "${shortened(text)}" is not known, so the default experiment is open.`

const readPairs = (text: string, notices: string[]): Map<string, string> => {
  const pairs = new Map<string, string>()
  for (const part of text.split('&')) {
    if (part === '') continue
    const separator = part.indexOf('=')
    const key = decoded(separator < 0 ? part : part.slice(0, separator))
    const value = separator < 0 ? null : decoded(part.slice(separator + 1))
    if (key === null || value === null)
      notices.push(`The link's "${shortened(part)}" could not be read and was left out.`)
    else if (pairs.has(key)) notices.push(`The link says "${shortened(key)}" twice; the first one counts.`)
    else pairs.set(key, value)
  }
  return pairs
}

/** Undoes percent signs, which messengers put in; null where they are garbage. */
const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const readPreset = (text: string | undefined, notices: string[]): PresetName => {
  if (text === undefined) return 'default'
  const preset = presets.find(({ name }) => name === text)
  if (preset === undefined)
    notices.push(`The link's preset "${shortened(text)}" is not known; the default is taken.`)
  return preset?.name ?? 'default'
}
