import type { ParityOutcome } from '../../src/engine/parity/judgeFile.ts'

/** One engine, ready to run fixtures. */
export interface Judge {
  /** What computes, in words. */
  readonly device: string
  judge(bytes: Uint8Array): Promise<ParityOutcome>
  close(): Promise<void>
}
