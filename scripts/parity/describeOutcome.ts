import type { ParityOutcome } from '../../src/engine/parity/judgeFile.ts'
import { type ParityErrors, parityBounds } from '../../src/engine/parity/runFixture.ts'

/** One line about one fixture: the worst relative errors, or why there are none. */
export const describeOutcome = (name: string, outcome: ParityOutcome, width: number): string => {
  const title = name.padEnd(width)
  switch (outcome.status) {
    case 'unreadable':
      return `FAILED   ${title}  ${outcome.reason}`
    case 'passed':
      return `passed   ${title}  ${describeErrors(outcome.errors)}`
    case 'failed':
      return `FAILED   ${title}  ${describeErrors(outcome.errors)}${describeCulprits(outcome.errors)}`
    default:
      return outcome satisfies never
  }
}

const kinds = Object.keys(parityBounds) as readonly (keyof ParityErrors)[]

const describeErrors = (errors: ParityErrors): string =>
  kinds.map((kind) => `${kind} ${errors[kind].error.toExponential(1)}`).join('  ')

const describeCulprits = (errors: ParityErrors): string =>
  kinds
    .filter((kind) => !(errors[kind].error <= parityBounds[kind]))
    .map((kind) => `\n           above ${parityBounds[kind]}: ${errors[kind].name}`)
    .join('')
