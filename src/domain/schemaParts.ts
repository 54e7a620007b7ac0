import * as v from 'valibot'
import type { Range } from './limits.ts'

/** Input as a person may read it, short: a link can hold a megabyte. */
export const quoted = (value: unknown): string => {
  const text = textOf(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value)
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

const orList = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

/** A whole number in a closed range. */
export const wholeNumber = (name: string, { min, max }: Range) =>
  v.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    ({ input }) => `${name} must be a whole number from ${min} to ${max}, not ${quoted(input)}.`,
  )

/** A finite number; `rule` ends the sentence "NAME must be …". */
export const realNumber = (name: string, accepts: (value: number) => boolean, rule: string) =>
  v.custom<number>(
    (value) => typeof value === 'number' && Number.isFinite(value) && accepts(value),
    ({ input }) => `${name} must be ${rule}, not ${quoted(input)}.`,
  )

/** One of a few names or numbers. */
export const oneOf = <const Options extends readonly (string | number)[]>(name: string, options: Options) =>
  v.picklist(options, ({ input }) => `${name} must be ${orList(options)}, not ${quoted(input)}.`)

/** Sentences for a record of the wrong form: not a record, a part missing, or a part that nobody knows. */
export const recordMessage =
  (name: string) =>
  (issue: v.StrictObjectIssue): string => {
    const key = issue.path?.at(-1)?.key
    if (key === undefined) return `${name} must be a record of settings, not ${quoted(issue.input)}.`
    return issue.expected === 'never'
      ? `${name} has no setting called ${quoted(key)}.`
      : `${name} lacks the setting "${String(key)}".`
  }
