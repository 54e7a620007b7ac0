import { describe, expect, it } from 'vitest'
import type { EvaluationPoint, StepPoint } from '../../domain/run.ts'
import { curveRows } from './curveRows.ts'

const steps = (count: number): StepPoint[] =>
  Array.from({ length: count }, (_, index) => ({
    step: index + 1,
    trainingErrors: [90 - index / 100, 0],
    losses: [2, 2],
  }))
const evaluation = (step: number): EvaluationPoint => ({
  step,
  trainingErrors: [80, 80],
  validationErrors: [85, Number.NaN],
  trainingLosses: [2, 2],
  validationLosses: [2, 2],
})
const smoothOf = (points: readonly StepPoint[]) => [
  points.map(() => 50),
  points.map((_, index) => (index === 3 ? Number.NaN : 0)),
]

describe('curveRows', () => {
  it('has a row for every step of a short run, and for the evaluation before the first', () => {
    const points = steps(10)
    const rows = curveRows(points, [evaluation(0), evaluation(5)], smoothOf(points), 10, 0)
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(rows[0]).toEqual({ step: 0, training: [null, null], raw: [null, null], validation: [85, null] })
    expect(rows[5]?.validation).toEqual([85, null])
    expect(rows[4]?.training).toEqual([50, null])
  })

  it('keeps to a few hundred rows at any length, evaluations and the last step among them', () => {
    const points = steps(1999)
    const rows = curveRows(points, [evaluation(777)], smoothOf(points), 2000, 0)
    expect(rows.length).toBeLessThan(200)
    expect(rows.some(({ step }) => step === 777)).toBe(true)
    expect(rows.at(-1)?.step).toBe(1999)
  })

  it('keeps the rows that were there while points are appended', () => {
    const before = curveRows(steps(900), [], smoothOf(steps(900)), 2000, 0).map(({ step }) => step)
    const after = curveRows(steps(1100), [], smoothOf(steps(1100)), 2000, 0).map(({ step }) => step)
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
  })

  it('puts what lies below a log axis on its floor, and leaves the raw value true', () => {
    const points = steps(5)
    const rows = curveRows(points, [], smoothOf(points), 5, 1)
    expect(rows[0]?.training[1]).toBe(1)
    expect(rows[0]?.raw[1]).toBe(0)
  })
})
