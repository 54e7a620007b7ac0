import { describe, expect, it } from 'vitest'
import type { ShortcutIntervention } from './interventions.ts'
import { performedSpec } from './performedSpec.ts'
import { presetNamed } from './presets.ts'
import type { Mark } from './run.ts'

const { spec } = presetNamed('default')
const fade: ShortcutIntervention = {
  kind: 'shortcuts',
  step: 30,
  network: 2,
  blocks: 'all',
  to: 0,
  overSteps: 10,
}
const markOf = (intervention: ShortcutIntervention): Mark => ({
  kind: 'intervention',
  step: intervention.step,
  intervention,
})

describe('performedSpec', () => {
  it('counts a planned switch once, though it is marked when its step comes', () => {
    const planned = { ...spec, interventions: [fade] }
    expect(performedSpec({ spec: planned, marks: [markOf(fade)] })).toBe(planned)
  })

  it('puts live switches in their place, also before what is still to come', () => {
    const late = { kind: 'learningRate', step: 50, to: 0.1 } as const
    const planned = { ...spec, interventions: [late] }
    const marks: Mark[] = [markOf(fade), { kind: 'hidden', step: 30 }]
    expect(performedSpec({ spec: planned, marks }).interventions).toEqual([fade, late])
  })

  it('keeps what was done at one step in order, the planned first as the loop has it', () => {
    const back: ShortcutIntervention = { ...fade, to: 1, overSteps: 0 }
    const marks = [markOf(fade), markOf(back), markOf(fade)]
    expect(performedSpec({ spec: { ...spec, interventions: [fade] }, marks }).interventions).toEqual([
      fade,
      back,
      fade,
    ])
  })
})
