import type { Intervention } from '../../domain/interventions.ts'
import { formatList, formatNumber } from '../common/format.ts'

/** What a planned change does, in words: `network 3: shortcuts off, faded over 100 steps`. */
export const interventionWords = (intervention: Intervention): string => {
  if (intervention.kind === 'learningRate') return `learning rate ${formatNumber(intervention.to)}`
  const { network, blocks, to, overSteps } = intervention
  const which =
    blocks === 'all'
      ? 'shortcuts'
      : blocks.length > 4
        ? `${blocks.length} shortcuts`
        : `shortcut${blocks.length > 1 ? 's' : ''} of block${blocks.length > 1 ? 's' : ''} ${formatList(blocks.map((block) => block + 1))}`
  const way = overSteps > 0 ? `, faded over ${overSteps} steps` : ''
  return `network ${network + 1}: ${which} ${to === 1 ? 'on' : 'off'}${way}`
}
