import { describe, expect, it } from 'vitest'
import type { Intervention } from '../../domain/interventions.ts'
import { chartMarks, interventionText } from './chartMarks.ts'

const shortcuts = (change: Partial<Extract<Intervention, { kind: 'shortcuts' }>>): Intervention => ({
  kind: 'shortcuts',
  step: 100,
  network: 2,
  blocks: 'all',
  to: 0,
  overSteps: 0,
  ...change,
})

describe('interventionText', () => {
  it('says what was done in a few words', () => {
    expect(interventionText(shortcuts({}))).toBe('shortcuts off, network 3')
    expect(interventionText(shortcuts({ overSteps: 100 }))).toBe('fade out over 100, network 3')
    expect(interventionText(shortcuts({ to: 1, overSteps: 50 }))).toBe('fade in over 50, network 3')
    expect(interventionText(shortcuts({ blocks: [4] }))).toBe('block 5 off, network 3')
    expect(interventionText(shortcuts({ blocks: [0, 1, 2, 3], to: 1 }))).toBe('4 blocks on, network 3')
    expect(interventionText({ kind: 'learningRate', step: 3, to: 0.1 + 0.2 })).toBe('rate 0.3')
  })
})

describe('chartMarks', () => {
  it('joins what happened at one step, in order of steps', () => {
    const marks = chartMarks(
      [
        { kind: 'hidden', step: 150 },
        { kind: 'intervention', step: 100, intervention: shortcuts({ overSteps: 40 }) },
        { kind: 'intervention', step: 100, intervention: { kind: 'learningRate', step: 100, to: 0.01 } },
      ],
      [],
      200,
    )
    expect(marks.map(({ step, untilStep, text }) => ({ step, untilStep, text }))).toEqual([
      { step: 100, untilStep: 140, text: 'fade out over 40, network 3; rate 0.01' },
      { step: 150, untilStep: 150, text: 'page hidden' },
    ])
    expect(marks[0]?.shortText).toBe('fade out over 40, 3; rate 0.01')
  })

  it('shows what is planned until its step has come', () => {
    const planned = [shortcuts({ step: 0 }), shortcuts({ step: 100 })]
    expect(chartMarks([], planned, null).map(({ step, isPlanned }) => [step, isPlanned])).toEqual([
      [0, true],
      [100, true],
    ])
    expect(chartMarks([], planned, 50).map(({ step }) => step)).toEqual([100])
    // The evaluation before step 100 goes on: the switch has not been made yet.
    expect(chartMarks([], planned, 100).map(({ step }) => step)).toEqual([100])
    const done = [{ kind: 'intervention', step: 100, intervention: shortcuts({}) }] as const
    expect(chartMarks(done, planned, 99).map(({ isPlanned }) => isPlanned)).toEqual([false])
  })
})
