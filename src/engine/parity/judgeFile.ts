import { readFixture } from './fixture.ts'
import { type CreateExecutor, type ParityErrors, parityBounds, runFixture } from './runFixture.ts'
import { BadFixture, readSafetensors } from './safetensors.ts'

/** What became of one fixture file. */
export type ParityOutcome =
  | { readonly status: 'passed' | 'failed'; readonly errors: ParityErrors }
  | { readonly status: 'unreadable'; readonly reason: string }

/** Reads a fixture and runs it. A bad file is an outcome, not an exception. */
export const judgeFile = async (
  bytes: Uint8Array,
  createExecutor: CreateExecutor,
): Promise<ParityOutcome> => {
  try {
    const fixture = readFixture(readSafetensors(bytes))
    const errors = await runFixture(fixture, createExecutor)
    return { status: isWithinBounds(errors) ? 'passed' : 'failed', errors }
  } catch (error) {
    if (error instanceof BadFixture) return { status: 'unreadable', reason: error.message }
    throw error
  }
}

const isWithinBounds = (errors: ParityErrors): boolean =>
  Object.entries(parityBounds).every(([kind, bound]) => errors[kind as keyof ParityErrors].error <= bound)
