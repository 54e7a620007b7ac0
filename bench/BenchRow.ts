/** What trains: tf.layers, tfjs operations, the lab's own engine in WebAssembly, its fused shaders in WebGL, PyTorch. */
export type BenchExecutor = 'stock' | 'composed' | 'native' | 'fused' | 'pytorch'

/** What it computes on; `cpu` is tfjs's plain JavaScript, or PyTorch without a graphics card. */
export type BenchBackend = 'webgl' | 'wasm' | 'cpu'

/** What was measured of one contender on one set of networks. Times are milliseconds a training step of all networks together. */
export interface Measured {
  readonly executor: BenchExecutor
  readonly backend: BenchBackend
  /** Threads that train, all networks together. What WebGL is drawn with is not counted: on a processor, that is all cores. */
  readonly threads: number
  /** Draws of a step, copies on the device among them; null where nobody counts them. */
  readonly launches: number | null
  /** Time that the page's thread is kept by a step, up to its first wait; null where that is all of it, or unknown. */
  readonly jsMs: number | null
  /** Median over the rounds. */
  readonly stepMs: number
  /** Of the fastest round. */
  readonly bestStepMs: number
  /** Making the networks, before any step: shaders that are compiled then, contexts and workers that are opened. Null where it is not told apart from the first step. */
  readonly buildMs: number | null
  /** The first step, with everything that is compiled on the way; without `buildMs`. */
  readonly firstStepMs: number
  /** WebAssembly memory of each network; null where it is not known. */
  readonly networkBytes: readonly number[] | null
  /** Memory of the graphics device, all networks together, after the first step; null where nothing is drawn, or it is not known. */
  readonly deviceBytes: number | null
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
  /** From how many seeds' initial weights each of them is trained. */
  readonly seeds: number
  readonly batch: number
  /** How many times as fast as stock in this run; null where stock did not run. */
  readonly timesStock: number | null
  /** As tfjs operations on its WebAssembly. */
  readonly timesTfjsWasm: number | null
  /** As PyTorch on as many threads. */
  readonly timesPytorch: number | null
  /** How many times as long as with one seed; null where there is no more than that, or one alone did not run. */
  readonly timesOneSeed: number | null
}

/** A contender that could not train what it was to train, or gave up meanwhile. */
export interface LeftOut {
  readonly label: string
  readonly batch: number
  readonly executor: BenchExecutor
  readonly backend: BenchBackend
  /** In its own words. */
  readonly reason: string
}
