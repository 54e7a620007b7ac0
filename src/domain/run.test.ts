import { describe, expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import type { CurveSpec } from './curveSpec.ts'
import { curveRole, networkSpecOf, trainedNetworkSpecOf } from './experimentSpec.ts'
import { nearestDepths } from './networkSpec.ts'
import { presetNamed, presets } from './presets.ts'
import { finalErrorsOf, type StepPoint } from './run.ts'

const stepsOf = (errors: readonly (readonly number[])[]): readonly StepPoint[] =>
  errors.map((trainingErrors, i) => ({ step: i + 1, trainingErrors, losses: trainingErrors.map(() => 1) }))

describe('finalErrorsOf', () => {
  it('is the mean of the last 25 minibatches, and the last evaluation', () => {
    const steps = stepsOf(Array.from({ length: 60 }, (_, i) => [i < 35 ? 1000 : i, 50]))
    const evaluation = { trainingErrors: [1, 2], trainingLosses: [1, 1], validationLosses: [1, 1] }
    const evaluations = [
      { ...evaluation, step: 50, validationErrors: [9, 9] },
      { ...evaluation, step: 60, validationErrors: [30, 31] },
    ]
    expect(finalErrorsOf({ steps, evaluations }, 0)).toEqual({ trainingError: 47, validationError: 30 })
    expect(finalErrorsOf({ steps, evaluations }, 1)).toEqual({ trainingError: 50, validationError: 31 })
  })
  it('takes what there is of a short run, and nothing from none', () => {
    expect(finalErrorsOf({ steps: stepsOf([[80], [90]]), evaluations: [] }, 0)).toEqual({
      trainingError: 85,
      validationError: null,
    })
    expect(finalErrorsOf({ steps: [], evaluations: [] }, 0)).toBeNull()
  })
})

describe('networks of an experiment', () => {
  const { spec } = presetNamed('default')
  it('have a name and a role each', () => {
    expect(spec.networks.map(curveLabel)).toEqual(['plain-8', 'plain-32', 'residual-32'])
    expect(spec.networks.map((curve) => curveRole(spec.networks, curve))).toEqual([
      'reference',
      'plain',
      'residual',
    ])
    expect(curveLabel({ depth: 20, shortcut: 'C' })).toBe('residual-20-C')
  })
  it('have a role by their shortcut and depth, whatever else they are', () => {
    const networks: readonly CurveSpec[] = [
      { depth: 29, shortcut: 'none', block: 'bottleneck' },
      { depth: 32, shortcut: 'none', initialisation: 'dirac' },
      { depth: 32, shortcut: 'shortcut-gate' },
    ]
    expect(networks.map((curve) => curveRole(networks, curve))).toEqual(['reference', 'plain', 'residual'])
  })
  it('train plain as shortcuts A that are off, so that they can come on', () => {
    const [shallow] = spec.networks
    if (shallow === undefined) throw new Error('the default has networks')
    expect(networkSpecOf(spec, shallow)).toMatchObject({
      shortcut: 'none',
      blocksPerStage: [1, 1, 1],
      width: 8,
      imageSize: 16,
    })
    expect(trainedNetworkSpecOf(spec, shallow)).toEqual({ ...networkSpecOf(spec, shallow), shortcut: 'A' })
  })
  it('have depths of the form 6n + 2 or 9n + 2 near any wish', () => {
    expect(nearestDepths('basic', 30)).toEqual([26, 32])
    expect(nearestDepths('basic', 2)).toEqual([8, 14])
    expect(nearestDepths('bottleneck', 30)).toEqual([29, 38])
    expect(nearestDepths('resnext', 8)).toEqual([11, 20])
  })
})

it('presets have names of their own, and stay what links were made from', () => {
  expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length)
  expect(presetNamed('default').spec).toEqual({
    dataset: {
      source: 'digits',
      imageSize: 16,
      trainingImages: 5000,
      validationImages: 2000,
      augment: false,
    },
    networks: [
      { depth: 8, shortcut: 'none' },
      { depth: 32, shortcut: 'none' },
      { depth: 32, shortcut: 'A' },
    ],
    width: 8,
    recipe: {
      batchSize: 64,
      steps: 300,
      learningRate: 0.05,
      momentum: 0.9,
      weightDecay: 0.0001,
      warmupSteps: 50,
      schedule: 'constant',
    },
    evaluateEvery: 50,
    seed: 1,
    interventions: [],
    backend: 'auto',
  })
})
