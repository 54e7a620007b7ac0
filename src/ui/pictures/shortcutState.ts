import { type StrengthRamps, strengthAt } from '../../domain/interventions.ts'

/** All shortcuts of one network in a word, for its master switch. */
export type ShortcutState =
  | { readonly kind: 'on' | 'off' }
  | { readonly kind: 'mixed'; readonly on: number; readonly of: number }
  /** At least one is on its way; `strength` is the mean of all. */
  | { readonly kind: 'fading'; readonly to: 0 | 1; readonly strength: number }

export const shortcutState = (ramps: StrengthRamps, step: number): ShortcutState => {
  const strengths = ramps.map((ramp) => strengthAt(ramp, step))
  const moving = ramps.find((ramp, block) => strengths[block] !== ramp.to)
  if (moving !== undefined) {
    const mean = strengths.reduce((sum, strength) => sum + strength, 0) / strengths.length
    return { kind: 'fading', to: moving.to, strength: mean }
  }
  const on = strengths.filter((strength) => strength === 1).length
  if (on === strengths.length) return { kind: 'on' }
  if (on === 0) return { kind: 'off' }
  return { kind: 'mixed', on, of: strengths.length }
}

/** Strengths to the hundredth, as a text: equal texts mean that nothing has to be drawn anew. */
export const strengthsKey = (ramps: StrengthRamps, step: number): string =>
  ramps.map((ramp) => Math.round(100 * strengthAt(ramp, step))).join(' ')

export const strengthsFromKey = (key: string): readonly number[] =>
  key === '' ? [] : key.split(' ').map((hundredths) => Number(hundredths) / 100)

/** Where a click on these blocks leads: away from where most of them go. */
export const oppositeTarget = (ramps: StrengthRamps, blocks: readonly number[]): 0 | 1 => {
  const goingOn = blocks.filter((block) => ramps[block]?.to === 1).length
  return goingOn * 2 >= blocks.length ? 0 : 1
}

export const meanStrength = (strengths: readonly number[], blocks: readonly number[]): number =>
  blocks.reduce((sum, block) => sum + (strengths[block] ?? 0), 0) / Math.max(1, blocks.length)
