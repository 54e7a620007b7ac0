/*
 * EVERY DIGEST IN THIS FILE DECIDES WHAT A LINK MEANS. A link describes an experiment; images, initial weights, batches and learning rates
 * are computed from it anew in each browser. Where a digest changes, every link that was ever shared opens another experiment than the
 * one its sender saw. Such a change needs a new version of the link, and its upgrader, before it needs a new digest here.
 */
import { afterAll, describe, expect, it, vi } from 'vitest'
import { dropoutKeyAt, dropoutMask } from '../domain/dropoutMask.ts'
import { schedules, trainedNetworkSpecOf } from '../domain/experimentSpec.ts'
import { applyShortcutIntervention, constantStrengths, strengthAt } from '../domain/interventions.ts'
import { learningRateAt } from '../domain/learningRate.ts'
import { initialParameters } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { presetNamed } from '../domain/presets.ts'
import { drawAugmentation } from './augmentation.ts'
import { createBatchOrder } from './batchOrder.ts'
import { createEvaluationSubsets } from './evaluationSubsets.ts'
import { generateImages } from './generateImages.ts'
import { loadDataset } from './loadDataset.ts'

// Before anything else is loaded, what ECMAScript leaves to the engine is taken away: nothing below may need it.
vi.hoisted(() => {
  const exact = 'abs ceil clz32 floor fround imul max min random round sign sqrt trunc'.split(' ')
  const functions = Math as unknown as Record<string, () => number>
  const names = Object.getOwnPropertyNames(Math).filter((name) => typeof functions[name] === 'function')
  for (const name of names.filter((one) => !exact.includes(one)))
    vi.spyOn(functions, name).mockImplementation(() => {
      throw new Error(`Math.${name} has a say in an experiment, and engines differ in it`)
    })
})
afterAll(() => void vi.restoreAllMocks())

const meaning = 'this changes the meaning of every link that was ever shared'

/** 32-bit FNV-1a over the bytes of some arrays, as they lie in memory on every machine of today: little-endian. */
const digestOf = (...arrays: readonly ArrayBufferView[]): string => {
  let hash = 0x811c9dc5
  for (const { buffer, byteOffset, byteLength } of arrays)
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
      hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

const quiet = () => undefined
const steps = (count: number): readonly number[] => Array.from({ length: count }, (_, step) => step)

describe('an experiment in every browser', { timeout: 60_000 }, () => {
  it('is computed here without what engines round as they like', () => {
    expect(() => Math.sin(1)).toThrow('engines differ')
    expect(() => Math.log(2)).toThrow('engines differ')
  })

  it.each([
    ['digits', 12, 'cda611f7'],
    ['digits', 16, 'e52cc465'],
    ['digits', 32, 'e7bce987'],
    ['fractals', 12, 'a8ac11e3'],
    ['fractals', 16, '5987ab37'],
    ['fractals', 32, '6ffb89c4'],
    ['shapes', 12, '0ff71376'],
    ['shapes', 16, 'e51422dd'],
    ['shapes', 32, '1fd4aa42'],
  ] as const)('has the same %s at side %i', async (source, side, digest) => {
    const request = { count: 50, side, seed: 1, split: 'training' } as const
    const { pixels, labels } = await generateImages(source, request, quiet)
    expect(digestOf(pixels, labels), meaning).toBe(digest)
  })

  it('has the same standardised images', async () => {
    const { dataset: whole, seed } = presetNamed('default').spec
    const loaded = await loadDataset(
      { ...whole, trainingImages: 60, validationImages: 20 },
      seed,
      null,
      quiet,
    )
    if (!loaded.ok) throw new Error(loaded.sentence)
    const { training, validation } = loaded.dataset
    const digests = [training, validation].map(({ images, labels }) => digestOf(images, labels))
    expect(digests, meaning).toEqual(['0466a07b', 'd84bd293'])
  })

  it('starts from the same weights', () => {
    const { spec } = presetNamed('default')
    const digests = spec.networks.map((curve) =>
      digestOf(...initialParameters(planLayers(trainedNetworkSpecOf(spec, curve)), spec.seed).values()),
    )
    expect(digests, meaning).toEqual(['331a41cf', 'be11bd6e', 'be11bd6e'])
  })

  it('has the same learning rates', () => {
    const recipe = { steps: 100, warmupSteps: 15 }
    const digests = schedules.map((schedule) =>
      digestOf(Float64Array.from(steps(100), (step) => learningRateAt({ ...recipe, schedule }, 0.05, step))),
    )
    expect(digests, meaning).toEqual(['d8767578', '9abc2477', '5bfcf105'])
  })

  it('has the same batches, moved in the same way', () => {
    // More steps than an epoch has.
    const batches = createBatchOrder(200, 64, 1)
    const orders = digestOf(...steps(7).map((step) => batches.batchAt(step)))
    const draws = steps(7).map((step) => drawAugmentation(step, 64, 16, 1))
    const moves = digestOf(
      ...draws.flatMap(({ rowShifts, columnShifts, flips }) => [rowShifts, columnShifts, flips]),
    )
    expect([orders, moves], meaning).toEqual(['b28e6b8a', '7770b4b7'])
  })

  it('is measured on the same images', () => {
    const request = { trainingCount: 700, validationCount: 600, batchSize: 64, seed: 1 }
    const { trainingIndices, validationIndices, statisticsBatches } = createEvaluationSubsets(request)
    expect(digestOf(trainingIndices, validationIndices, ...statisticsBatches), meaning).toBe('cca4505b')
  })

  it('fades and drops the same', () => {
    const fade = { kind: 'shortcuts', step: 2, network: 0, blocks: 'all', to: 0, overSteps: 7 } as const
    const ramps = applyShortcutIntervention(constantStrengths(1, 1), fade)
    const strengths = steps(12).flatMap((step) => ramps.map((ramp) => strengthAt(ramp, step)))
    const masks = steps(3).map((step) => dropoutMask(dropoutKeyAt(1, step), 4, 500, 0.3))
    expect([digestOf(Float64Array.from(strengths)), digestOf(...masks)], meaning).toEqual([
      '2dd66f50',
      '5fa9aaf5',
    ])
  })
})
