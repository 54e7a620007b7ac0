/** A decimal as people type it: `0.05`, `0,05`, `1e-4`, `5 000`, `−6` with the real minus sign; NaN for anything else. */
export const parseNumber = (text: string): number => {
  const plain = text
    .trim()
    .replace(/[\s\u202f\u00a0]/g, '')
    .replace(',', '.')
    .replace('\u2212', '-')
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(number) ? number : Number.NaN
}
