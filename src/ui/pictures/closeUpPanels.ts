import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { type CloseUps, type CloseUpTarget, sameTarget } from './closeUpState.ts'
import type { Figure } from './figureLayout.ts'

/**
 * What the close-up shows, in the order of the networks: what is pointed at; or what is pinned, and beside it what is pointed at
 * besides, else the same part of a network of the same stages, the nearest above first: plain beside residual.
 */
export const closeUpPanels = (
  plans: readonly NetworkPlan[],
  { pointed, pinned }: CloseUps,
): readonly CloseUpTarget[] => {
  const exists = (target: CloseUpTarget | null): target is CloseUpTarget =>
    target !== null &&
    (typeof target.part === 'number'
      ? plans[target.network]?.blocks[target.part] !== undefined
      : plans[target.network] !== undefined)
  if (!exists(pinned)) return exists(pointed) ? [pointed] : []
  const beside = exists(pointed) && !sameTarget(pointed, pinned) ? pointed : counterpart(plans, pinned)
  return beside === null ? [pinned] : [pinned, beside].sort((a, b) => a.network - b.network)
}

const counterpart = (
  plans: readonly NetworkPlan[],
  { network, part }: CloseUpTarget,
): CloseUpTarget | null => {
  const stages = plans[network]?.spec.blocksPerStage.join()
  const candidates = plans
    .map((plan, index) => ({ index, fits: index !== network && plan.spec.blocksPerStage.join() === stages }))
    .filter(({ fits }) => fits)
    .map(({ index }) => index)
  const chosen =
    candidates.findLast((index) => index < network) ?? candidates.find((index) => index > network)
  return chosen === undefined ? null : { network: chosen, part }
}

interface Drawn extends CloseUpTarget {
  readonly figure: Pick<Figure, 'width' | 'height'>
}

/** Beside each other where they fit, else under one another; upright ones that do not fit would run out of a phone: only the pinned one. */
export const arrange = <Panel extends Drawn>(
  panels: readonly Panel[],
  pinned: CloseUpTarget | null,
  room: number,
  gap: number,
): { readonly panels: readonly Panel[]; readonly isStacked: boolean } => {
  const taken = panels.reduce((sum, { figure }) => sum + figure.width, (panels.length - 1) * gap)
  if (taken <= room) return { panels, isStacked: false }
  const isUpright = panels.some(({ figure }) => figure.height > figure.width)
  return isUpright
    ? { panels: panels.filter((panel) => sameTarget(panel, pinned)), isStacked: false }
    : { panels, isStacked: true }
}
