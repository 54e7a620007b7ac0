import { defaultOptions, evenBlocks, type NetworkOptions, type ShortcutType } from './networkSpec.ts'

/** One curve of the experiment. What is left out is as in `defaultOptions`. */
export interface CurveSpec extends Partial<NetworkOptions> {
  /** Weighted layers: 6n + 2, with three-layer blocks 9n + 2, unless `stages` says otherwise. */
  readonly depth: number
  readonly shortcut: ShortcutType
  /** Blocks of each stage where they are not three equal numbers. */
  readonly stages?: readonly number[]
}

/** Every option of a curve, those left out included. */
export const optionsOf = (curve: CurveSpec): NetworkOptions => {
  const { depth: _depth, shortcut: _shortcut, stages: _stages, ...options } = curve
  return { ...defaultOptions, ...options }
}

/** Blocks of each stage. Throws where the depth is not of its form. */
export const blocksPerStageOf = (curve: CurveSpec): readonly number[] =>
  curve.stages ?? evenBlocks(optionsOf(curve).block, curve.depth)

/** Blocks of all stages. */
export const blockCountOf = (curve: CurveSpec): number =>
  blocksPerStageOf(curve).reduce((sum, blocks) => sum + blocks, 0)

/** Which options mean something for a curve; the others change nothing in it. */
export const hasOption = (curve: CurveSpec, option: keyof NetworkOptions): boolean => {
  switch (option) {
    case 'block':
    case 'order':
    case 'batchNorm':
    case 'initialisation':
      return true
    case 'cardinality':
    case 'groupWidth':
      return curve.block === 'resnext'
    case 'residualScale':
    case 'shortcutScale':
      return curve.shortcut === 'scaled'
    case 'gateBias':
      return curve.shortcut === 'exclusive-gate' || curve.shortcut === 'shortcut-gate'
    case 'dropRate':
      return curve.shortcut === 'dropout'
    default:
      return option satisfies never
  }
}

const optionNames = Object.keys(defaultOptions) as readonly (keyof NetworkOptions)[]

/** The curve without what says nothing: options at their default or without meaning, equal stages. Equal networks become equal data. */
export const canonicalCurve = (curve: CurveSpec): CurveSpec => {
  const { depth, shortcut, stages } = curve
  const options = Object.fromEntries(
    optionNames.flatMap((name) => {
      const value = curve[name]
      if (value === undefined || value === defaultOptions[name] || !hasOption(curve, name)) return []
      // −0 is written like 0 and means the same.
      return [[name, value === 0 ? 0 : value]]
    }),
  ) as Partial<NetworkOptions>
  const saysStages = stages !== undefined && !(stages.length === 3 && new Set(stages).size === 1)
  return { depth, shortcut, ...options, ...(saysStages ? { stages } : {}) }
}
