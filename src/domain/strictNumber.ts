/**
 * The number that a text is, in decimal digits with an optional exponent, whole text; null for anything else: empty text, spaces,
 * NaN, Infinity, hexadecimal, and what overflows. Reads back exactly what `String(number)` wrote.
 */
export const strictNumber = (text: string): number | null => {
  if (text.length > 32 || !/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
