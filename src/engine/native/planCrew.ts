/** What a crew is planned from. */
export interface CrewRequest {
  /** Logical cores of the machine; what is no number of cores counts as one. */
  readonly cores: number
  /** Whether threads may share memory: the page is isolated from other origins. */
  readonly canShareMemory: boolean
  /** What a step of each network costs, multiply-adds or any other unit. */
  readonly costs: readonly number[]
}

/** Where one network trains. */
export interface CrewPlace {
  /** Index of its worker, counted from 0 without gaps. */
  readonly worker: number
  /** Threads that share its work, that of the worker itself included: 1 … 4. */
  readonly threads: number
}

/** More threads wait for each other longer than they compute, at the sizes of this lab. */
const mostThreads = 4

/** One core is left for the page where there are more than two. */
export const coresToUse = (cores: number): number => {
  const whole = Number.isFinite(cores) ? Math.max(1, Math.floor(cores)) : 1
  return whole > 2 ? whole - 1 : whole
}

/**
 * So many workers for more networks than cores: the system divides cores among running threads more evenly than whole networks can be
 * (plain-8, plain-32 and residual-32 on two cores: half of all there is to do each, in place of 25 and 31 ms), as long as they are
 * not many more.
 */
const mostWorkers = (cores: number): number => (cores === 1 ? 1 : 2 * cores)

/**
 * Divides the cores of a machine among networks that train in lockstep, so that the slowest step is as short as can be. Where there
 * is a core for each network, each has a worker, and what is left makes threads; else each has a worker with one thread, as long
 * as there are not many more than cores.
 */
export const planCrew = ({ cores, canShareMemory, costs }: CrewRequest): readonly CrewPlace[] => {
  const budget = coresToUse(cores)
  if (costs.length > budget) return sharedWorkers(costs, Math.min(costs.length, mostWorkers(budget)))
  const threads = canShareMemory ? sharedThreads(costs, budget) : costs.map(() => 1)
  return threads.map((ofNetwork, worker) => ({ worker, threads: ofNetwork }))
}

/** Longest first, each to the worker that has least to do (Graham 1969): at most 4/3 of the best there is. */
const sharedWorkers = (costs: readonly number[], workers: number): readonly CrewPlace[] => {
  const loads = new Array<number>(workers).fill(0)
  const places = costs.map((): CrewPlace => ({ worker: 0, threads: 1 }))
  const longestFirst = [...costs.entries()].sort(([i, a], [j, b]) => b - a || i - j)
  for (const [network, cost] of longestFirst) {
    const worker = firstLeast(loads)
    loads[worker] = (loads[worker] ?? 0) + cost
    places[network] = { worker, threads: 1 }
  }
  return places
}

/** Every core that is left goes to the network that has most to do on each of its threads. */
const sharedThreads = (costs: readonly number[], budget: number): readonly number[] => {
  const threads = costs.map(() => 1)
  for (let left = budget - costs.length; left > 0; left--) {
    const waiting = costs.map((cost, network) => {
      const own = threads[network] ?? 1
      return own < mostThreads ? -cost / own : Number.POSITIVE_INFINITY
    })
    const network = firstLeast(waiting)
    if (waiting[network] === undefined || waiting[network] === Number.POSITIVE_INFINITY) break
    threads[network] = (threads[network] ?? 1) + 1
  }
  return threads
}

/** Index of the least number; of several, the first. */
const firstLeast = (numbers: readonly number[]): number =>
  numbers.reduce((least, number, index) => (number < (numbers[least] ?? number) ? index : least), 0)
