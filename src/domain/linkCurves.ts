import { type CurveSpec, canonicalCurve, hasOption } from './curveSpec.ts'
import { activationOrders, blockTypes, initialisations, type NetworkOptions } from './networkSpec.ts'
import { quoted } from './schemaParts.ts'
import { strictNumber } from './strictNumber.ts'

/**
 * Curves in a link, `,` between them: KIND-DEPTH, then each option that is not at its default after a `~`. `plain-8,A-32`,
 * `A-164~bottleneck~full-preact`, `scaled-32~f0.7~s0.3`, `B-29~resnext~c8~w4`, `A-32~no-bn`, `plain-18~stages2.2.2.2`.
 */
export const writeCurves = (curves: readonly CurveSpec[]): string => curves.map(writeCurve).join(',')

/** Signs of the options that have a number. */
const numberSigns = {
  cardinality: 'c',
  groupWidth: 'w',
  residualScale: 'f',
  shortcutScale: 's',
  gateBias: 'bias',
  dropRate: 'rate',
} as const satisfies Partial<Record<keyof NetworkOptions, string>>
const numberOptions = Object.keys(numberSigns) as readonly (keyof typeof numberSigns)[]

/** One curve; what is at its default is not written. */
const writeCurve = (curve: CurveSpec): string => {
  const canonical = canonicalCurve(curve)
  const { depth, shortcut, block, order, batchNorm, initialisation, stages } = canonical
  const numbers = numberOptions.map((name) =>
    canonical[name] === undefined ? undefined : `${numberSigns[name]}${canonical[name]}`,
  )
  const words = [
    block,
    order,
    initialisation,
    batchNorm === false ? 'no-bn' : undefined,
    ...numbers,
    stages === undefined ? undefined : `stages${stages.join('.')}`,
  ]
  const kind = shortcut === 'none' ? 'plain' : shortcut
  return [`${kind}-${depth}`, ...words.filter((word) => word !== undefined)].join('~')
}

/** What a text says about one curve, by setting; nothing of it is checked. */
export type WrittenCurve = Readonly<Record<string, unknown>>

/** What a text says about the curves, for a schema to check, or a sentence about the part that says nothing. */
export type CurvesReading =
  | { readonly ok: true; readonly curves: readonly WrittenCurve[] }
  | { readonly ok: false; readonly sentence: string }

export const readCurves = (text: string): CurvesReading => {
  const curves: WrittenCurve[] = []
  // One more than any experiment has is enough to refuse it.
  for (const part of text.split(',', 100)) {
    const curve = readCurve(part)
    if (typeof curve === 'string') return { ok: false, sentence: curve }
    curves.push(curve)
  }
  return { ok: true, curves }
}

/** One curve, or a sentence about the word that says nothing. */
const readCurve = (text: string): WrittenCurve | string => {
  const [head = '', ...words] = text.split('~', 30)
  const dash = head.lastIndexOf('-')
  const kind = dash < 0 ? head : head.slice(0, dash)
  const depth = dash < 0 ? '' : head.slice(dash + 1)
  const said = new Map<string, unknown>()
  for (const word of words) {
    const option = readOption(word)
    if (option === null)
      return `${quoted(text)} has the part ${quoted(word)}, which is no option of a network.`
    if (said.has(option.name)) return `${quoted(text)} says twice what ${quoted(word)} says.`
    said.set(option.name, option.value)
  }
  return {
    depth: strictNumber(depth) ?? depth,
    shortcut: kind === 'plain' ? 'none' : kind === 'none' ? head : kind,
    ...Object.fromEntries(said),
  }
}

/** A sentence about a number that a link gives a curve which has no use for it; null where there is none. */
export const idleNumber = (read: WrittenCurve, curve: CurveSpec): string | null => {
  const idle = numberOptions.find((name) => name in read && !hasOption(curve, name))
  return idle === undefined
    ? null
    : `The part "${numberSigns[idle]}${read[idle]}" says nothing about ${quoted(writeCurve(curve))}.`
}

interface ReadOption {
  readonly name: keyof NetworkOptions | 'stages'
  readonly value: unknown
}

const readOption = (word: string): ReadOption | null => {
  const is = (names: readonly string[]): boolean => names.includes(word)
  if (is(blockTypes)) return { name: 'block', value: word }
  if (is(activationOrders)) return { name: 'order', value: word }
  if (is(initialisations)) return { name: 'initialisation', value: word }
  if (word === 'no-bn') return { name: 'batchNorm', value: false }
  const [, sign, value = ''] = /^([a-z]+)(-?\d.*)$/.exec(word) ?? []
  if (sign === 'stages') {
    const stages = value.split('.', 10).map(strictNumber)
    return stages.includes(null) ? null : { name: 'stages', value: stages }
  }
  const name = numberOptions.find((option) => numberSigns[option] === sign)
  const number = strictNumber(value)
  return name === undefined || number === null ? null : { name, value: number }
}
