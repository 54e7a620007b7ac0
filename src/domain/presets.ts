import type { ExperimentSpec } from './experimentSpec.ts'

export type PresetName = 'default' | 'quick' | 'pair' | 'deep' | 'deep110' | 'deep164' | 'cifar10'

export interface Preset {
  readonly name: PresetName
  readonly title: string
  /** What it shows, one line. */
  readonly purpose: string
  readonly spec: ExperimentSpec
}

const defaultSpec: ExperimentSpec = {
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
    weightDecay: 1e-4,
    warmupSteps: 50,
    schedule: 'constant',
  },
  evaluateEvery: 50,
  seed: 1,
  interventions: [],
  backend: 'auto',
}

/** The experiments that the lab offers by name. A link is a preset and what differs from it, so their values stay as they are. */
export const presets: readonly Preset[] = [
  {
    name: 'default',
    title: 'Deeper is worse',
    purpose: 'A shallow plain network, a deep one, and the deep one with shortcuts.',
    spec: defaultSpec,
  },
  {
    name: 'quick',
    title: 'Quick look',
    purpose: 'The same three networks on 12×12 images, 150 steps.',
    spec: {
      ...defaultSpec,
      dataset: { ...defaultSpec.dataset, imageSize: 12 },
      recipe: { ...defaultSpec.recipe, batchSize: 128, steps: 150, warmupSteps: 30 },
      evaluateEvery: 25,
    },
  },
  {
    name: 'pair',
    title: 'Paper pair, 20 layers',
    purpose: 'Plain and residual at 20 layers: here the gap is small and varies with the seed.',
    spec: {
      ...defaultSpec,
      networks: [
        { depth: 20, shortcut: 'none' },
        { depth: 20, shortcut: 'A' },
      ],
    },
  },
  {
    name: 'deep',
    title: 'Deep, 56 layers',
    purpose: 'At 56 layers, with the rate and warm-up at which the residual network trains.',
    spec: {
      ...defaultSpec,
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 56, shortcut: 'none' },
        { depth: 56, shortcut: 'A' },
      ],
      recipe: { ...defaultSpec.recipe, steps: 400, learningRate: 0.02, warmupSteps: 100 },
    },
  },
  {
    name: 'deep110',
    title: 'Deeper, 110 layers',
    purpose: 'At 110 layers, with a warm-up of 200 steps; about ten minutes on a processor alone.',
    spec: {
      ...defaultSpec,
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 110, shortcut: 'none' },
        { depth: 110, shortcut: 'A' },
      ],
      recipe: { ...defaultSpec.recipe, steps: 600, learningRate: 0.02, warmupSteps: 200 },
    },
  },
  {
    name: 'deep164',
    title: 'Bottlenecks, 164 layers',
    purpose: 'Pre-activated bottlenecks at width 4: 56 layers without and with shortcuts, and 164 with them.',
    spec: {
      ...defaultSpec,
      networks: [
        { depth: 56, shortcut: 'none', block: 'bottleneck', order: 'full-preact' },
        { depth: 56, shortcut: 'A', block: 'bottleneck', order: 'full-preact' },
        { depth: 164, shortcut: 'A', block: 'bottleneck', order: 'full-preact' },
      ],
      width: 4,
      // A plain net of 164 layers breaks in its warm-up at this rate, at which the residual one trains.
      recipe: { ...defaultSpec.recipe, steps: 600, learningRate: 0.05, warmupSteps: 100 },
    },
  },
  {
    name: 'cifar10',
    title: 'CIFAR-10, your file',
    purpose: 'Real photographs, from the official file on your disk.',
    spec: {
      ...defaultSpec,
      dataset: { ...defaultSpec.dataset, source: 'cifar10' },
      recipe: { ...defaultSpec.recipe, steps: 400 },
    },
  },
]

export const presetNamed = (name: PresetName): Preset => {
  const preset = presets.find((candidate) => candidate.name === name)
  if (preset === undefined) throw new Error(`no preset is called ${name}`)
  return preset
}
