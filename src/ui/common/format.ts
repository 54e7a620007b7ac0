/** 117000 → `117 k`; below 1000 the number itself. Three significant digits. */
export const formatCount = (count: number): string => {
  if (count < 1000) return String(Math.round(count))
  if (count < 999_500) return `${significant(count / 1e3)} k`
  return `${significant(count / 1e6)} M`
}

/** Memory: `640 kB`, `24.3 MB`, `1.2 GB`, by powers of ten. Three significant digits. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`
  if (bytes < 999_500_000) return `${significant(bytes / 1e6)} MB`
  return `${significant(bytes / 1e9)} GB`
}

/** `8 s`, `3 min 20 s`, `2 h 5 min`. Coarser when longer, so that it does not flicker. */
export const formatDuration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 1) return '1 s'
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const rounded = Math.round(seconds / 5) * 5
  const minutes = Math.floor(rounded / 60)
  if (minutes < 10) return rounded % 60 === 0 ? `${minutes} min` : `${minutes} min ${rounded % 60} s`
  if (seconds < 59.5 * 60) return `${Math.round(seconds / 60)} min`
  const whole = Math.round(seconds / 300) * 5
  return whole % 60 === 0 ? `${Math.floor(whole / 60)} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}

/** Steps per second: `0.42`, `6.4`, `38`. */
export const formatRate = (perSecond: number): string =>
  perSecond >= 9.95 ? String(Math.round(perSecond)) : perSecond.toFixed(perSecond >= 0.995 ? 1 : 2)

/** A number as a person would type it: no exponent where it can be helped, no trailing zeros. */
export const formatNumber = (value: number): string => {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-6 || size >= 1e9) return value.toExponential()
  return String(Number(value.toPrecision(6))).includes('e')
    ? value.toFixed(9).replace(/0+$/, '')
    : String(Number(value.toPrecision(6)))
}

/** `1`, `1 and 2`, `1, 2 and 3`. */
export const formatList = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

const significant = (value: number): string =>
  value >= 99.5
    ? value.toFixed(0)
    : value >= 9.95
      ? value.toFixed(value % 1 < 0.05 ? 0 : 1)
      : value.toFixed(1)
