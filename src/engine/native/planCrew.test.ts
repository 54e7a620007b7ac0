import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CrewPlace, coresToUse, planCrew } from './planCrew.ts'

const workersOf = (places: readonly CrewPlace[]): readonly number[] => places.map(({ worker }) => worker)
const threadsOf = (places: readonly CrewPlace[]): readonly number[] => places.map(({ threads }) => threads)
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/** The longest time that a worker takes for its networks, each as fast as its threads make it. */
const makespanOf = (costs: readonly number[], places: readonly CrewPlace[]): number => {
  const loads = new Map<number, number>()
  places.forEach(({ worker, threads }, network) => {
    loads.set(worker, (loads.get(worker) ?? 0) + (costs[network] ?? 0) / threads)
  })
  return Math.max(...loads.values())
}

/** The shortest makespan of all ways to give networks to workers. */
const shortestMakespan = (costs: readonly number[], workers: number): number => {
  const loads = new Array<number>(workers).fill(0)
  const after = (network: number): number => {
    const cost = costs[network]
    if (cost === undefined) return Math.max(...loads)
    let least = Number.POSITIVE_INFINITY
    for (let worker = 0; worker < workers; worker++) {
      const before = loads[worker] ?? 0
      loads[worker] = before + cost
      least = Math.min(least, after(network + 1))
      loads[worker] = before
    }
    return least
  }
  return after(0)
}

const anyCosts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 7 })
const anyRequest = fc.record({
  cores: fc.integer({ min: 1, max: 32 }),
  canShareMemory: fc.boolean(),
  costs: anyCosts,
})

describe('the cores that are used', () => {
  it('leave one for the page where there are more than two', () => {
    expect([1, 2, 3, 4, 8].map(coresToUse)).toEqual([1, 2, 2, 3, 7])
  })

  it('are at least one, whatever the browser says', () => {
    expect([0, -3, Number.NaN, Number.POSITIVE_INFINITY, 0.5].map(coresToUse)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('a crew', () => {
  it('gives every network a worker, and uses no more cores than it may', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const places = planCrew(request)
        const workers = [...new Set(workersOf(places))].sort((a, b) => a - b)
        expect(places).toHaveLength(request.costs.length)
        expect(workers).toEqual(workers.map((_, index) => index))
        // Networks of one worker take turns, so the worker uses as many cores as the greediest of them.
        const coresOf = (worker: number): number =>
          Math.max(...places.filter((place) => place.worker === worker).map(({ threads }) => threads))
        const budget = coresToUse(request.cores)
        expect(sumOf(workers.map(coresOf))).toBeLessThanOrEqual(
          request.costs.length <= budget ? budget : Math.max(1, 2 * budget),
        )
        for (const { threads } of places) {
          expect(threads).toBeGreaterThanOrEqual(1)
          expect(threads).toBeLessThanOrEqual(request.canShareMemory ? 4 : 1)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('shares workers within 4/3 of the best that can be', () => {
    fc.assert(
      fc.property(anyCosts, fc.constantFrom(1, 4, 6), (costs, workers) => {
        fc.pre(costs.length > workers)
        // Twice as many workers as the cores that are used.
        const cores = workers > 1 ? workers / 2 + (workers > 4 ? 1 : 0) : 1
        const places = planCrew({ cores, canShareMemory: true, costs })
        expect(new Set(threadsOf(places))).toEqual(new Set([1]))
        expect(makespanOf(costs, places)).toBeLessThanOrEqual(
          (4 / 3) * shortestMakespan(costs, workers) + 1e-9,
        )
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('leaves no core idle that could make the slowest network faster', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const budget = coresToUse(request.cores)
        fc.pre(request.canShareMemory && request.costs.length <= budget)
        const places = planCrew(request)
        expect(workersOf(places)).toEqual(request.costs.map((_, network) => network))
        const used = sumOf(threadsOf(places))
        expect(used === budget || places.every(({ threads }) => threads === 4)).toBe(true)
        // Any other way to hand out as many threads is no faster.
        const slowest = makespanOf(request.costs, places)
        for (const [from, giver] of places.entries())
          for (const to of places.keys()) {
            if (from === to || giver.threads === 1 || (places[to]?.threads ?? 4) === 4) continue
            const moved = places.map(({ worker, threads }, network) => ({
              worker,
              threads: threads + (network === to ? 1 : 0) - (network === from ? 1 : 0),
            }))
            expect(makespanOf(request.costs, moved)).toBeGreaterThanOrEqual(slowest - 1e-9)
          }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('decides ties by the lower index', () => {
    const costs = [5, 5, 5]
    expect(workersOf(planCrew({ cores: 2, canShareMemory: true, costs: [...costs, 5, 5, 5] }))).toEqual([
      0, 1, 2, 3, 0, 1,
    ])
    expect(threadsOf(planCrew({ cores: 6, canShareMemory: true, costs }))).toEqual([2, 2, 1])
  })

  it('takes the default networks (8, 32 and 32 layers) as one would', () => {
    const costs = [10, 46, 46]
    const on = (cores: number, canShareMemory = true): readonly CrewPlace[] =>
      planCrew({ cores, canShareMemory, costs })
    expect(workersOf(on(1))).toEqual([0, 0, 0])
    expect(workersOf(on(2))).toEqual([2, 0, 1])
    expect(threadsOf(on(2))).toEqual([1, 1, 1])
    expect(threadsOf(on(4))).toEqual([1, 1, 1])
    expect(threadsOf(on(8))).toEqual([1, 3, 3])
    expect(threadsOf(on(16))).toEqual([4, 4, 4])
    expect(threadsOf(on(16, false))).toEqual([1, 1, 1])
  })

  it('of no networks is empty', () => {
    expect(planCrew({ cores: 8, canShareMemory: true, costs: [] })).toEqual([])
  })
})
