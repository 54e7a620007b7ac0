import type { BenchRow, Measured } from './BenchRow.ts'
import { type BenchCase, labelOf } from './benchCase.ts'
import { type Entry, threadsOf } from './benchPlan.ts'
import type { Competitor } from './competitors.ts'
import type { Turn } from './harness.ts'
import { median } from './median.ts'
import { watchOthers } from './watchOthers.ts'

export interface Patience {
  readonly rounds: number
  /** Of a contender whose step takes over a second. */
  readonly slowRounds: number
  /** About how long a turn takes, milliseconds. */
  readonly turnMs: number
  /** How often a turn is taken again in which other programs used more than a tenth of a core; a slow one never. */
  readonly retries: number
}

interface Running {
  readonly competitor: Competitor
  readonly rounds: number
  /** Of its next turn. */
  steps: number
  readonly retries: number
  readonly turns: WatchedTurn[]
}

interface WatchedTurn extends Turn {
  readonly othersCores: number | null
}

const slowMs = 1000

/** Contenders take turns round by round, so that a slow minute of the machine falls on all of them. */
export const measureCase = async (
  benchCase: BenchCase,
  starts: readonly (() => Promise<Competitor>)[],
  { rounds, slowRounds, turnMs, retries }: Patience,
): Promise<readonly BenchRow[]> => {
  const running: Running[] = []
  for (const start of starts) {
    const competitor = await start()
    const { executor, backend } = competitor.entry
    console.error(
      `${labelOf(benchCase)}, batch ${benchCase.batch}: ${executor} on ${backend}, first step ${competitor.firstStepMs.toFixed(0)} ms`,
    )
    const isSlow = competitor.firstStepMs > 2 * slowMs
    const steps = isSlow ? 1 : await warmUp(competitor, turnMs)
    running.push({
      competitor,
      steps,
      rounds: isSlow ? slowRounds : rounds,
      retries: isSlow ? 0 : retries,
      turns: [],
    })
  }
  for (let round = 0; round < rounds; round++)
    for (const one of running) {
      if (round >= one.rounds) continue
      const turn = await takeTurn(one.competitor, one.steps, one.retries)
      one.turns.push(turn)
      one.steps = stepsIn(turnMs, turn)
    }
  return inComparison(
    benchCase,
    running.map(({ competitor, turns }) => ({ entry: competitor.entry, ...summary(competitor, turns) })),
  )
}

const disturbance = 0.1
const pauseMs = 500

/** The least disturbed of its attempts. */
const takeTurn = async (competitor: Competitor, steps: number, retries: number): Promise<WatchedTurn> => {
  const others = watchOthers()
  const turn = { ...(await competitor.turn(steps)), othersCores: others() }
  if (retries === 0 || (turn.othersCores ?? 0) <= disturbance) return turn
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  const again = await takeTurn(competitor, steps, retries - 1)
  return (again.othersCores ?? 0) < (turn.othersCores ?? 0) ? again : turn
}

/** Steps of a turn; taken once before, since a browser compiles in earnest what has run for a while. */
const warmUp = async (competitor: Competitor, turnMs: number): Promise<number> => {
  const steps = stepsIn(turnMs, await competitor.turn(2))
  return stepsIn(turnMs, await competitor.turn(steps))
}

const stepsIn = (ms: number, { stepMs }: Turn): number => Math.max(1, Math.min(100, Math.round(ms / stepMs)))

const summary = (
  { entry, firstStepMs, networkBytes }: Competitor,
  turns: readonly WatchedTurn[],
): Measured => {
  const { executor, backend } = entry
  const times = turns.map(({ stepMs }) => stepMs)
  // A page's thread that computes by itself is kept all the time; of PyTorch there is none.
  const isKeptInPart = executor === 'native' || backend === 'webgl'
  return {
    executor,
    backend,
    threads: threadsOf(entry),
    launches: median(turns.map(({ launches }) => launches)),
    jsMs: isKeptInPart ? median(turns.map(({ keptMs }) => keptMs)) : null,
    stepMs: median(times),
    bestStepMs: Math.min(...times),
    firstStepMs,
    networkBytes,
    rounds: turns.length,
    othersCores: turns.some((turn) => turn.othersCores === null)
      ? null
      : median(turns.map((turn) => turn.othersCores ?? 0)),
  }
}

const inComparison = (
  benchCase: BenchCase,
  rows: readonly (Measured & { readonly entry: Entry })[],
): readonly BenchRow[] => {
  const stepMsOf = (is: (row: Measured) => boolean): number | null => rows.find(is)?.stepMs ?? null
  const times = (peerMs: number | null, stepMs: number): number | null =>
    peerMs === null ? null : peerMs / stepMs
  const stock = stepMsOf(({ executor }) => executor === 'stock')
  const tfjs = stepMsOf(({ executor, backend }) => executor === 'composed' && backend === 'wasm')
  return rows.map(({ entry: _entry, ...row }) => {
    const pytorch = stepMsOf(({ executor, threads }) => executor === 'pytorch' && threads === row.threads)
    return {
      label: labelOf(benchCase),
      depth: Math.max(...benchCase.curves.map(({ depth }) => depth)),
      networks: benchCase.curves.length,
      batch: benchCase.batch,
      ...row,
      timesStock: times(stock, row.stepMs),
      timesTfjsWasm: times(tfjs, row.stepMs),
      timesPytorch: times(pytorch, row.stepMs),
    }
  })
}
