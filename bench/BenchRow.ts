import type { PageReport } from './measurePage.ts'

/** One contender on one set of networks. Times are milliseconds a training step of all networks together. */
export interface BenchRow {
  /** The networks, e.g. `plain-8 + plain-32 + residual-32`. */
  readonly label: string
  /** Of the deepest network. */
  readonly depth: number
  readonly networks: number
  readonly batch: number
  readonly executor: 'stock' | 'composed'
  readonly backend: 'webgl' | 'wasm' | 'cpu'
  /** Median over the rounds. */
  readonly stepMs: number
  /** The first step, with everything that is compiled on the way. */
  readonly firstStepMs: number
  /** How many times as fast as stock in this run; null where stock did not run. */
  readonly timesStock: number | null
  readonly rounds: number
}

/** What ran where. */
export interface BenchReport {
  readonly processor: string
  readonly cores: number
  readonly browser: string
  readonly renderer: string
  readonly date: string
  readonly rows: readonly BenchRow[]
  readonly page: PageReport
}
