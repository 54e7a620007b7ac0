import { BadFixture } from './safetensors.ts'

// Every function here throws `BadFixture` where the metadata does not hold what is asked for.

/** One JSON object of the metadata. */
export type Table = Readonly<Record<string, unknown>>

/** The value that JSON text under this key stands for. */
export const parse = (json: string, key: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    throw new BadFixture(`Its metadata ${key} is not JSON.`)
  }
}

/** The text under a key. */
export const text = (metadata: ReadonlyMap<string, string>, key: string): string => {
  const value = metadata.get(key)
  if (value === undefined) throw new BadFixture(`Its metadata has no ${key}.`)
  return value
}

/** The JSON object under a key. */
export const table = (metadata: ReadonlyMap<string, string>, key: string): Table => {
  const value = parse(text(metadata, key), key)
  if (typeof value !== 'object' || value === null) throw new BadFixture(`Its metadata ${key} is no table.`)
  return value as Table
}

/** A finite number of an object. */
export const number = (values: Table, key: string): number => {
  const value = values[key]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BadFixture(`Its ${key} is no number.`)
  return value
}

/** A whole number above 0 of an object. */
export const count = (values: Table, key: string): number => {
  const value = number(values, key)
  if (!isCount(value) || value < 1) throw new BadFixture(`Its ${key} is no whole number above 0.`)
  return value
}

/** Whether a value is a whole number, 0 included. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0
