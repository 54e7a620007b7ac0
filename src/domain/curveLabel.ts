import { type CurveSpec, canonicalCurve } from './curveSpec.ts'
import { type ActivationOrder, defaultOptions, type Initialisation } from './networkSpec.ts'

/**
 * A short name: `plain-32`, `residual-32` (shortcut A), `residual-32-B`, `residual-164-bottleneck-preact`, `residual-32-gate0`. Says
 * what differs from the default and nothing else; different networks have different names.
 */
export const curveLabel = (curve: CurveSpec): string => {
  const canonical = canonicalCurve(curve)
  const { depth, shortcut, order, batchNorm, initialisation, stages } = canonical
  return [
    shortcut === 'none' ? 'plain' : 'residual',
    depth,
    shortcutPart(canonical),
    blockPart(canonical),
    order === undefined ? null : orderParts[order],
    initialisation === undefined ? null : initialisationParts[initialisation],
    batchNorm === false ? 'no-bn' : null,
    stages === undefined ? null : `stages${stages.join('.')}`,
  ]
    .filter((part) => part !== null)
    .join('-')
}

const orderParts: Readonly<Record<ActivationOrder, string>> = {
  original: 'original',
  'bn-after-add': 'bn-after-add',
  'relu-before-add': 'relu-before-add',
  'relu-only-preact': 'relu-only-preact',
  'full-preact': 'preact',
}

const initialisationParts: Readonly<Record<Initialisation, string>> = {
  he: 'he',
  'zero-gamma': 'zero-gamma',
  skipinit: 'skipinit',
  dirac: 'dirac',
}

const shortcutPart = (curve: CurveSpec): string | null => {
  const { shortcut, gateBias = '', dropRate = '', residualScale, shortcutScale } = curve
  switch (shortcut) {
    case 'none':
    case 'A':
      return null
    case 'B':
    case 'C':
      return shortcut
    case 'scaled': {
      if (residualScale === undefined && shortcutScale === undefined) return 'scaled'
      const { residualScale: f, shortcutScale: s } = { ...defaultOptions, ...curve }
      return `scaled-f${f}-s${s}`
    }
    case 'exclusive-gate':
      return `exclusive${gateBias}`
    case 'shortcut-gate':
      return `gate${gateBias}`
    case 'dropout':
      return `dropout${dropRate}`
    default:
      return shortcut satisfies never
  }
}

const blockPart = ({ block, cardinality, groupWidth }: CurveSpec): string | null => {
  if (block !== 'resnext') return block ?? null
  if (cardinality === undefined && groupWidth === undefined) return 'resnext'
  return `resnext-${cardinality ?? defaultOptions.cardinality}x${groupWidth ?? defaultOptions.groupWidth}d`
}
