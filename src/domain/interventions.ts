/** Something done to the experiment at a step: known in advance from the link, or made live. */
export type Intervention = ShortcutIntervention | LearningRateIntervention

export interface ShortcutIntervention {
  readonly kind: 'shortcuts'
  /** Takes effect before this step is trained (steps are counted from 0). */
  readonly step: number
  /** Index in the experiment's networks. */
  readonly network: number
  /** Blocks counted from 0 through all stages. */
  readonly blocks: 'all' | readonly number[]
  /** Strength that is approached: 1 on, 0 off. */
  readonly to: 0 | 1
  /** 0: at once; otherwise linear over this many steps. */
  readonly overSteps: number
}

export interface LearningRateIntervention {
  readonly kind: 'learningRate'
  readonly step: number
  /** The new base rate; the schedule's shape goes on. */
  readonly to: number
}

/** An intervention made live: whoever trains decides the step, the next one. */
export type LiveIntervention = Omit<ShortcutIntervention, 'step'> | Omit<LearningRateIntervention, 'step'>

/** The way of one block's shortcut from one strength to another. */
export interface StrengthRamp {
  readonly from: number
  readonly to: 0 | 1
  readonly startStep: number
  readonly overSteps: number
}

/** A ramp for every block of one network. */
export type StrengthRamps = readonly StrengthRamp[]

/** Shortcuts that have stood at one strength since the start. */
export const constantStrengths = (blocks: number, strength: 0 | 1): StrengthRamps =>
  Array.from({ length: blocks }, () => ({ from: strength, to: strength, startStep: 0, overSteps: 0 }))

/**
 * Strength in [0, 1] of a shortcut while `step` is trained. A fade over n steps moves by 1/n at each, its first step
 * included, and has arrived at its n-th.
 */
export const strengthAt = (ramp: StrengthRamp, step: number): number => {
  if (ramp.overSteps <= 0) return ramp.to
  const progress = Math.min(1, Math.max(0, (step - ramp.startStep + 1) / ramp.overSteps))
  return ramp.from + (ramp.to - ramp.from) * progress
}

/** The ramps after an intervention on this network; blocks that are already on their way start from where they are. */
export const applyShortcutIntervention = (
  ramps: StrengthRamps,
  { step, blocks, to, overSteps }: ShortcutIntervention,
): StrengthRamps =>
  ramps.map((ramp, block) => {
    if (blocks !== 'all' && !blocks.includes(block)) return ramp
    const from = step > ramp.startStep ? strengthAt(ramp, step - 1) : ramp.from
    return { from, to, startStep: step, overSteps }
  })
