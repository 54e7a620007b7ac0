import type { DeviceObjects } from './watchObjects.ts'

/** What an executor and its page hold, when nothing is being trained and all garbage has been collected. */
export interface Held extends DeviceObjects {
  /** As the executor says it itself. */
  readonly deviceBytes: number
  /** JavaScript's heap and array buffers. */
  readonly heapBytes: number
}

/** What is done again and again, and should leave nothing behind: a step, switching all shortcuts, making the networks anew. */
export type Repeated = 'steps' | 'toggles' | 'rebuilds'

export interface GrowthRow {
  readonly executor: 'fused'
  readonly label: string
  readonly batch: number
  readonly what: Repeated
  readonly times: number
  readonly before: Held
  readonly after: Held
  /** Milliseconds each, on average; of a rebuild with its first step, whose shaders the browser may still have. */
  readonly ms: number
}
