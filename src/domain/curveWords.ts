import { type CurveSpec, optionsOf } from './curveSpec.ts'
import {
  type ActivationOrder,
  type BlockType,
  defaultOptions,
  type Initialisation,
  type ShortcutType,
} from './networkSpec.ts'

// What the choices of a network are called wherever the lab speaks of them. Phrases for the middle of a sentence.

export const blockNames: Readonly<Record<BlockType, string>> = {
  basic: 'basic',
  bottleneck: 'bottleneck',
  resnext: 'ResNeXt',
}

export const blockWords: Readonly<Record<BlockType, string>> = {
  basic: `${blockNames.basic} blocks`,
  bottleneck: `${blockNames.bottleneck} blocks`,
  resnext: `${blockNames.resnext} blocks`,
}

export const orderWords: Readonly<Record<ActivationOrder, string>> = {
  original: 'the original order',
  'bn-after-add': 'batch norm after the addition',
  'relu-before-add': 'ReLU before the addition',
  'relu-only-preact': 'ReLU-only pre-activation',
  'full-preact': 'full pre-activation',
}

export const shortcutWords: Readonly<Record<ShortcutType, string>> = {
  none: 'no shortcuts',
  A: 'shortcuts A',
  B: 'shortcuts B',
  C: 'shortcuts C',
  scaled: 'scaled shortcuts',
  'exclusive-gate': 'exclusive gates',
  'shortcut-gate': 'shortcut-only gates',
  dropout: 'dropout on the shortcuts',
}

export const initialisationWords: Readonly<Record<Initialisation, string>> = {
  he: 'He-normal',
  'zero-gamma': 'zero last gamma',
  skipinit: 'SkipInit',
  dirac: 'Dirac',
}

/** Where each way for the weights to start comes from. */
export const initialisationPapers: Readonly<Record<Initialisation, string>> = {
  he: 'He et al. 2015b',
  'zero-gamma': 'Goyal et al. 2017',
  skipinit: 'De & Smith 2020',
  dirac: 'Zagoruyko & Komodakis 2017',
}

/** With or without a batch norm, as a list of choices says it. */
export const batchNormWords = (batchNorm: boolean): string => (batchNorm ? 'batch norm' : 'no batch norm')

/** A number with a real minus sign. */
export const signedText = (value: number): string => String(value).replace('-', '−')

/** The shortcut with its numbers: `scaled shortcuts, 0.5 F + 0.5 x`, `shortcut-only gates, bias −6`, `dropout on the shortcuts, rate 0.5`. */
export const shortcutPhrase = (curve: CurveSpec): string => {
  const { residualScale, shortcutScale, gateBias, dropRate } = optionsOf(curve)
  const name = shortcutWords[curve.shortcut]
  switch (curve.shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return name
    case 'scaled':
      return `${name}, ${residualScale} F + ${shortcutScale} x`
    case 'exclusive-gate':
    case 'shortcut-gate':
      return `${name}, bias ${signedText(gateBias)}`
    case 'dropout':
      return `${name}, rate ${dropRate}`
    default:
      return curve.shortcut satisfies never
  }
}

/** The blocks with their numbers: `bottleneck blocks`, `ResNeXt blocks 4×4d`. */
export const blockPhrase = (curve: CurveSpec): string => {
  const { block, cardinality, groupWidth } = optionsOf(curve)
  return block === 'resnext' ? `${blockWords[block]} ${cardinality}×${groupWidth}d` : blockWords[block]
}

/**
 * What a network is besides its depth, a phrase a piece, the shortcut first: ["shortcuts A", "bottleneck blocks", "full
 * pre-activation"]. What is as in `defaultOptions` is left out.
 */
export const curveWords = (curve: CurveSpec): readonly string[] => {
  const { block, order, batchNorm, initialisation } = optionsOf(curve)
  return [
    shortcutPhrase(curve),
    block === defaultOptions.block ? null : blockPhrase(curve),
    order === defaultOptions.order ? null : orderWords[order],
    batchNorm ? null : batchNormWords(batchNorm),
    initialisation === defaultOptions.initialisation ? null : initialisationWords[initialisation],
    curve.stages === undefined ? null : `stages of ${curve.stages.join(', ')} blocks`,
  ].filter((phrase) => phrase !== null)
}
