/** What trains: tf.layers, tfjs operations, the lab's own engine in WebAssembly, PyTorch. */
export type BenchExecutor = 'stock' | 'composed' | 'native' | 'pytorch'

/** What it computes on; `cpu` is tfjs's plain JavaScript, or PyTorch without a graphics card. */
export type BenchBackend = 'webgl' | 'wasm' | 'cpu'

/** What was measured of one contender on one set of networks. Times are milliseconds a training step of all networks together. */
export interface Measured {
  readonly executor: BenchExecutor
  readonly backend: BenchBackend
  /** Threads that train, all networks together. */
  readonly threads: number
  /** Draw calls of a step; null where nobody counts them. */
  readonly launches: number | null
  /** Time that the page's thread is kept by a step; null where that is all of it, or unknown. */
  readonly jsMs: number | null
  /** Median over the rounds. */
  readonly stepMs: number
  /** Of the fastest round. */
  readonly bestStepMs: number
  /** The first step, with everything that is compiled on the way. */
  readonly firstStepMs: number
  /** WebAssembly memory of each network; null where it is not known. */
  readonly networkBytes: readonly number[] | null
  readonly rounds: number
  /** Cores that other programs used meanwhile, median over the rounds; null where that cannot be told. */
  readonly othersCores: number | null
}

export interface BenchRow extends Measured {
  /** The networks, e.g. `plain-8 + plain-32 + residual-32`. */
  readonly label: string
  /** Of the deepest network. */
  readonly depth: number
  readonly networks: number
  readonly batch: number
  /** How many times as fast as stock in this run; null where stock did not run. */
  readonly timesStock: number | null
  /** As tfjs operations on its WebAssembly. */
  readonly timesTfjsWasm: number | null
  /** As PyTorch on as many threads. */
  readonly timesPytorch: number | null
}
