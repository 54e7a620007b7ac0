/**
 * Indices of at most two values a bucket, its least and its greatest, in order: a line through them looks like the line through
 * all. Buckets lie on a fixed grid of `perBucket` indices, so that what is drawn does not flicker while values are appended.
 */
export const bucketExtremes = (values: readonly number[], perBucket: number): readonly number[] => {
  if (perBucket <= 2) return values.map((_, index) => index)
  const picked: number[] = []
  for (let start = 0; start < values.length; start += perBucket) {
    let least = start
    let greatest = start
    const end = Math.min(values.length, start + perBucket)
    for (let index = start + 1; index < end; index++) {
      const value = values[index] ?? Number.NaN
      if (value < (values[least] ?? Number.NaN)) least = index
      if (value > (values[greatest] ?? Number.NaN)) greatest = index
    }
    if (least === greatest) picked.push(least)
    else picked.push(Math.min(least, greatest), Math.max(least, greatest))
  }
  return picked
}
