import { median } from '../median.ts'

/** Something that is run again and again, round by round. */
export interface TimedKernel {
  /** Of one run. */
  readonly flops: number
  /** Does not return before all is computed. */
  readonly run: (times: number) => void
  /** In one round. */
  readonly times: number
  /** 10⁹ operations a second in each round so far, a multiplication and an addition each counted as one. */
  readonly rates: number[]
}

/** Finds how often to run it so that a round takes about so long, which also lets the browser compile it in earnest. */
export const timedKernel = (flops: number, run: (times: number) => void, roundMs: number): TimedKernel => {
  run(1)
  for (let times = 1; ; times *= 2) {
    const start = performance.now()
    run(times)
    const ms = performance.now() - start
    if (ms >= roundMs / 2)
      return { flops, run, times: Math.max(1, Math.round((times * roundMs) / ms)), rates: [] }
  }
}

export const takeTurn = ({ flops, run, times, rates }: TimedKernel): void => {
  const start = performance.now()
  run(times)
  rates.push((flops * times) / (performance.now() - start) / 1e6)
}

/** The fastest one's median over the rounds. */
export const ceilingOf = (loops: readonly TimedKernel[]): number =>
  Math.max(...loops.map(({ rates }) => median(rates)))
