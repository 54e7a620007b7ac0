import type { Intervention } from './interventions.ts'
import { strictNumber } from './strictNumber.ts'

/**
 * Interventions in a link, `;` between them, counted as people count, from 1 (steps: how many are done before):
 * `300:off:3:all:100` fades every shortcut of network 3 out over 100 steps after step 300, `300:on:2:1-3,5` switches blocks 1, 2,
 * 3 and 5 of network 2 on at once, `300:rate:0.01` sets the learning rate.
 */
export const writeIntervention = (intervention: Intervention): string => {
  if (intervention.kind === 'learningRate') return `${intervention.step}:rate:${intervention.to}`
  const { step, network, blocks, to, overSteps } = intervention
  const parts = [step, to === 1 ? 'on' : 'off', network + 1, blocks === 'all' ? 'all' : writeBlocks(blocks)]
  return (overSteps === 0 ? parts : [...parts, overSteps]).join(':')
}

/** Null where the text is none. Ranges of values are left to the schema. */
export const readIntervention = (text: string): unknown => {
  const [stepText = '', verb, ...rest] = text.split(':')
  const step = strictNumber(stepText)
  if (step === null) return null
  if (verb === 'rate') {
    const to = strictNumber(rest[0] ?? '')
    return to === null || rest.length !== 1 ? null : { kind: 'learningRate', step, to }
  }
  if ((verb !== 'on' && verb !== 'off') || rest.length < 1 || rest.length > 3) return null
  const network = strictNumber(rest[0] ?? '')
  const blocks = readBlocks(rest[1] ?? 'all')
  const overSteps = strictNumber(rest[2] ?? '0')
  if (network === null || blocks === null || overSteps === null) return null
  return { kind: 'shortcuts', step, network: network - 1, blocks, to: verb === 'on' ? 1 : 0, overSteps }
}

/** `1-3,5` for [0, 1, 2, 4]. */
const writeBlocks = (blocks: readonly number[]): string => {
  const runs: [first: number, last: number][] = []
  for (const block of [...blocks].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && block <= run[1] + 1) run[1] = block
    else runs.push([block, block])
  }
  return runs.map(([first, last]) => (first === last ? first + 1 : `${first + 1}-${last + 1}`)).join(',')
}

/** More blocks than any network has; a range beyond is not spelled out. */
const mostBlocks = 1000

const readBlocks = (text: string): 'all' | readonly number[] | null => {
  if (text === 'all') return 'all'
  const blocks: number[] = []
  for (const part of text.split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part)
    const first = Number(match?.[1] ?? 0)
    const last = Number(match?.[2] ?? first)
    if (first < 1 || last < first || last > mostBlocks || blocks.length > mostBlocks) return null
    for (let block = first; block <= last; block++) blocks.push(block - 1)
  }
  return blocks
}
