import type { BenchRow, LeftOut, Measured } from './BenchRow.ts'
import { type BenchCase, labelOf, networksOf, seedsOf } from './benchCase.ts'
import { type Contestant, threadsOf } from './benchPlan.ts'
import type { Competitor } from './competitors.ts'
import type { Turn } from './harness.ts'
import { median } from './median.ts'
import { reasonOf } from './reasonOf.ts'
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

export interface Starter {
  readonly contestant: Contestant
  readonly start: () => Promise<Competitor>
}

export interface ContestReport {
  readonly rows: readonly BenchRow[]
  readonly leftOut: readonly LeftOut[]
}

/** Contenders take turns round by round, so that a slow minute of the machine falls on all of them. One that gives up costs no other its turn. */
export const measureContest = async (
  starters: readonly Starter[],
  patience: Patience,
): Promise<ContestReport> => {
  const running: Running[] = []
  const leftOut: LeftOut[] = []
  const leaveOut = ({ benchCase, entry }: Contestant, error: unknown): void => {
    const reason = reasonOf(error)
    const { executor, backend } = entry
    leftOut.push({ label: labelOf(benchCase), batch: benchCase.batch, executor, backend, reason })
    console.error(`${wordsFor({ benchCase, entry })} gave up: ${reason}`)
  }
  for (const { contestant, start } of starters) {
    try {
      running.push(await prepare(await start(), patience))
    } catch (error) {
      leaveOut(contestant, error)
    }
  }
  const gone = new Set<Running>()
  for (let round = 0; round < patience.rounds; round++)
    for (const one of running) {
      if (round >= one.rounds || gone.has(one)) continue
      try {
        const turn = await takeTurn(one.competitor, one.steps, one.retries)
        one.turns.push(turn)
        one.steps = stepsIn(patience.turnMs, turn)
      } catch (error) {
        gone.add(one)
        leaveOut(one.competitor, error)
      }
    }
  const whole = running.filter((one) => !gone.has(one))
  return { rows: inComparison(whole.map(finishedBy)), leftOut }
}

const wordsFor = ({ benchCase, entry }: Contestant): string =>
  `${labelOf(benchCase)}, batch ${benchCase.batch}: ${entry.executor} on ${entry.backend}`

/** Says that it has begun, and finds how it takes its turns. */
const prepare = async (competitor: Competitor, patience: Patience): Promise<Running> => {
  const { rounds, slowRounds, turnMs, retries } = patience
  const { buildMs, firstStepMs } = competitor
  const built = buildMs === null ? '' : `built in ${buildMs.toFixed(0)} ms, `
  console.error(`${wordsFor(competitor)}, ${built}first step ${firstStepMs.toFixed(0)} ms`)
  return (await isSlow(competitor))
    ? { competitor, steps: 1, rounds: slowRounds, retries: 0, turns: [] }
    : { competitor, steps: await warmUp(competitor, turnMs), rounds, retries, turns: [] }
}

/** By its first step; what compiles for long and then is fast is asked for a second one. Of stock both are slow, and not to be waited for twice. */
const isSlow = async ({ entry, firstStepMs, turn }: Competitor): Promise<boolean> => {
  if (firstStepMs <= 2 * slowMs) return false
  return entry.executor === 'stock' || (await turn(1)).stepMs > slowMs
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
  { entry, buildMs, firstStepMs, networkBytes, deviceBytes }: Competitor,
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
    launches: executor === 'pytorch' ? null : median(turns.map(({ launches }) => launches)),
    jsMs: isKeptInPart ? median(turns.map(({ keptMs }) => keptMs)) : null,
    stepMs: median(times),
    bestStepMs: Math.min(...times),
    buildMs,
    firstStepMs,
    networkBytes,
    deviceBytes,
    rounds: turns.length,
    othersCores: turns.some((turn) => turn.othersCores === null)
      ? null
      : median(turns.map((turn) => turn.othersCores ?? 0)),
  }
}

interface Finished {
  readonly benchCase: BenchCase
  readonly measured: Measured
}

const finishedBy = ({ competitor, turns }: Running): Finished => ({
  benchCase: competitor.benchCase,
  measured: summary(competitor, turns),
})

const inComparison = (all: readonly Finished[]): readonly BenchRow[] =>
  all.map(({ benchCase, measured }) => {
    const stepMsOf = (of: BenchCase, is: (row: Measured) => boolean): number | null =>
      all.find(
        (one) =>
          labelOf(one.benchCase) === labelOf(of) && one.benchCase.batch === of.batch && is(one.measured),
      )?.measured.stepMs ?? null
    const { executor, threads, stepMs } = measured
    const times = (peerMs: number | null): number | null => (peerMs === null ? null : peerMs / stepMs)
    const oneSeedMs =
      seedsOf(benchCase) === 1
        ? null
        : stepMsOf({ ...benchCase, seeds: 1 }, (row) => row.executor === executor && row.threads === threads)
    return {
      label: labelOf(benchCase),
      depth: Math.max(...benchCase.curves.map(({ depth }) => depth)),
      networks: networksOf(benchCase).length,
      seeds: seedsOf(benchCase),
      batch: benchCase.batch,
      ...measured,
      timesStock: times(stepMsOf(benchCase, (row) => row.executor === 'stock')),
      timesTfjsWasm: times(
        stepMsOf(benchCase, (row) => row.executor === 'composed' && row.backend === 'wasm'),
      ),
      timesPytorch: times(
        stepMsOf(benchCase, (row) => row.executor === 'pytorch' && row.threads === threads),
      ),
      timesOneSeed: oneSeedMs === null ? null : stepMs / oneSeedMs,
    }
  })
