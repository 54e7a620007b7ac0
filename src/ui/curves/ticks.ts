/** Step of a readable axis: 1, 2 or 5 times a power of ten, at most `most` of them in `span`. */
export const niceInterval = (span: number, most: number): number => {
  const rough = span / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, Number.MIN_VALUE)))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Whole steps from 0 to the last. */
export const stepTicks = (lastStep: number, most: number): readonly number[] => {
  const interval = Math.max(1, niceInterval(lastStep, most))
  return Array.from({ length: Math.floor(lastStep / interval + 1e-9) + 1 }, (_, i) => i * interval)
}

/** Where readable numbers of epochs stand on an axis of steps. */
export const epochTicks = (
  lastStep: number,
  stepsPerEpoch: number,
  most: number,
): readonly { readonly step: number; readonly epoch: number }[] => {
  const epochs = lastStep / stepsPerEpoch
  const interval = niceInterval(epochs, most)
  return Array.from({ length: Math.floor(epochs / interval + 1e-9) + 1 }, (_, i) => {
    const epoch = Number((i * interval).toPrecision(6))
    return { epoch, step: epoch * stepsPerEpoch }
  })
}

export const errorTicks = (axis: 'linear' | 'log', floor: number): readonly number[] => {
  if (axis === 'linear') return [0, 25, 50, 75, 100]
  // 100 stands too near to the line of chance to be named beside it.
  return [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].filter((tick) => tick >= floor)
}

/** Ticks of the horizontal axis, whose unit is always the step, and their names. */
export interface HorizontalTicks {
  readonly ticks: readonly number[]
  readonly label: (step: number) => string
}

/** @param stepsPerEpoch null names steps, else epochs. */
export const horizontalTicks = (
  lastStep: number,
  stepsPerEpoch: number | null,
  most: number,
): HorizontalTicks => {
  if (stepsPerEpoch === null) return { ticks: stepTicks(lastStep, most), label: String }
  const ticks = epochTicks(lastStep, stepsPerEpoch, most)
  const names = new Map(ticks.map(({ step, epoch }) => [step, String(epoch)]))
  return { ticks: ticks.map(({ step }) => step), label: (step) => names.get(step) ?? '' }
}
