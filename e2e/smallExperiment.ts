import type { ExperimentSpec } from '../src/domain/experimentSpec.ts'
import { encodeLink } from '../src/domain/link.ts'
import { presetNamed } from '../src/domain/presets.ts'

const base = presetNamed('default').spec

/** An experiment that takes seconds on one core: two small networks, small images, few of them. */
export const smallExperiment: ExperimentSpec = {
  ...base,
  dataset: { ...base.dataset, imageSize: 12, trainingImages: 200, validationImages: 100 },
  networks: [
    { depth: 8, shortcut: 'none' },
    { depth: 14, shortcut: 'none' },
    { depth: 14, shortcut: 'A' },
  ],
  width: 4,
  recipe: { ...base.recipe, batchSize: 16, steps: 40, warmupSteps: 5 },
  evaluateEvery: 10,
  backend: 'wasm',
}

/** The small experiment with another number of steps: long ones are there to be interrupted. */
export const smallWithSteps = (steps: number): ExperimentSpec => ({
  ...smallExperiment,
  recipe: { ...smallExperiment.recipe, steps },
})

/** Its link, the part after the #. */
export const hashOf = (spec: ExperimentSpec): string => encodeLink('default', spec)
