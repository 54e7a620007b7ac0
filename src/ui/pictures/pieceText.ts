import type {
  BlockPlan,
  ConvOperation,
  GateOperation,
  NetworkPlan,
  NormOperation,
  Operation,
  ReluOperation,
  SubsamplePadOperation,
} from '../../domain/networkPlan.ts'
import {
  plainNumber,
  residualTerm,
  scaledResidual,
  scaledShortcut,
  shortcutTerm,
  sumFormula,
} from './blockFormula.ts'
import type { BlockPiece } from './blockPieces.ts'

/** What a piece is, in one line. */
export interface PieceText {
  readonly name: string
  readonly formula: string
  readonly words: string
  /** Where it comes from: paper and, where it is known, section. */
  readonly paper: string
}

const gates = 'He 2016, section 3.1'
const orders = 'He 2016, section 4.1'

/** The line as it is read aloud. */
export const pieceSentence = ({ name, formula, words, paper }: PieceText): string =>
  `${name}: ${formula}; ${words} (${paper})`

/** Explains one piece of a network, for a shortcut of this strength. `block` is null in stem and head. */
export const pieceText = (
  plan: NetworkPlan,
  block: BlockPlan | null,
  { operation, role, lane }: BlockPiece,
  strength: number,
): PieceText => {
  const { spec } = plan
  if (role === 'operation' || block === null) return operationText(plan, block, lane, operation)
  const off = scaledShortcut(spec, block, strength) === null
  switch (role) {
    case 'identity':
      return {
        name: 'Identity shortcut',
        formula: off ? '0' : (scaledShortcut(spec, block, strength) ?? '0'),
        words: off ? 'off: x does not get to the addition' : 'x as it came; no parameters',
        paper: 'He 2015, section 3.2',
      }
    case 'residual-factor':
      return {
        name: spec.shortcut === 'exclusive-gate' ? 'Gate on F' : 'Scale of F',
        formula: scaledResidual(spec, strength),
        words: off
          ? 'off: F goes on as it is'
          : spec.shortcut === 'exclusive-gate'
            ? 'what F may add is what the shortcut gives up'
            : `a constant; F goes on at ${plainNumber(spec.residualScale)}`,
        paper: gates,
      }
    case 'shortcut-factor':
      return {
        name: spec.shortcut === 'scaled' ? 'Scale of the shortcut' : 'Gate on the shortcut',
        formula: scaledShortcut(spec, block, strength) ?? '0',
        words: off
          ? 'off: nothing of x gets to the addition'
          : spec.shortcut === 'scaled'
            ? 'a constant: block after block, it multiplies'
            : 'by channel and pixel; g near 0 leaves the shortcut open',
        paper: gates,
      }
    case 'plus':
      return {
        name: 'Addition',
        formula: sumFormula(spec, block, strength),
        words: off ? 'the shortcut is off, so F goes on alone' : 'value by value, of equal shapes',
        paper: 'He 2015, section 3.2',
      }
    default:
      return role satisfies never
  }
}

const operationText = (
  plan: NetworkPlan,
  block: BlockPlan | null,
  lane: BlockPiece['lane'],
  operation: Operation,
): PieceText => {
  const { spec } = plan
  switch (operation.kind) {
    case 'conv':
      if (lane === 'shortcut') return projectionText(plan, operation)
      if (lane === 'gate')
        return {
          name: 'Gate, its weights',
          formula: 'W · x',
          words: `1×1 convolution of x, ${channelWords(operation)}${strideWords(operation)}`,
          paper: gates,
        }
      return convText(plan, operation)
    case 'norm':
      return normText(plan, lane, operation)
    case 'relu':
      return reluText(plan, block, lane, operation)
    case 'multiplier':
      return {
        name: 'SkipInit',
        formula: residualTerm(spec),
        words: 'one learned number α that starts at 0: at the start the block passes the shortcut alone',
        paper: 'De & Smith 2020, section 3',
      }
    case 'subsample-pad':
      return padText(operation)
    case 'dropout': {
      const kept = plainNumber(Number((1 - operation.rate).toFixed(4)))
      return {
        name: 'Dropout on the shortcut',
        formula: block === null ? 'dropout(x)' : shortcutTerm(spec, block),
        words: `while training a value is 0 with probability ${plainNumber(operation.rate)}, else divided by ${kept}`,
        paper: gates,
      }
    }
    case 'gate':
      return gateText(operation)
    case 'max-pool':
      return {
        name: 'Maximum pooling',
        formula: 'max of 3×3',
        words: `the largest of 3×3 pixels, stride 2: ${operation.inputSide}×${operation.inputSide} to ${operation.outputSide}×${operation.outputSide}`,
        paper: 'He 2015, table 1',
      }
    case 'pool':
      return {
        name: 'Global average pooling',
        formula: 'mean',
        words: `of each channel over its ${operation.side}×${operation.side} pixels: ${operation.channels} numbers remain`,
        paper: 'He 2015, section 4.2',
      }
    case 'dense':
      return {
        name: 'Dense layer',
        formula: 'W · v + b',
        words: `${operation.inputChannels} numbers to ${operation.outputChannels} classes; a softmax follows`,
        paper: 'He 2015, section 4.2',
      }
    case 'add':
    case 'gated-add':
      throw new Error(`${operation.output} is drawn as its parts.`)
    default:
      return operation satisfies never
  }
}

const channelWords = ({
  inputChannels,
  outputChannels,
}: Pick<ConvOperation, 'inputChannels' | 'outputChannels'>): string =>
  `${inputChannels} to ${outputChannels} channels`

const strideWords = ({ stride }: Pick<ConvOperation, 'stride'>): string => (stride === 2 ? ', stride 2' : '')

const convText = ({ spec }: NetworkPlan, operation: ConvOperation): PieceText => {
  const { kernelSize, groups, kernel, inputChannels, outputChannels, block } = operation
  const size = `${kernelSize}×${kernelSize}`
  const what = `${channelWords(operation)}${strideWords(operation)}`
  if (kernel === 'dirac')
    return {
      name: `${size} convolution, Dirac`,
      formula: 'Ŵ = diag(a) · I + diag(b) · W/‖W‖',
      words: 'a starts at 1, b at 0.1: the kernel starts near the identity',
      paper: 'Zagoruyko & Komodakis 2017, eq. 3 to 5',
    }
  if (groups > 1)
    return {
      name: `${size} convolution in ${groups} groups`,
      formula: 'W ∗ v',
      words: `each group of ${inputChannels / groups} channels reads only itself; ${what}`,
      paper: 'Xie 2017, figure 3c',
    }
  const weights = kernelSize ** 2 * inputChannels * outputChannels
  return {
    name: `${size} convolution`,
    formula: 'W ∗ v',
    words: `${what}; ${weights.toLocaleString('en')} weights, no bias`,
    paper: convPaper(spec, block, kernelSize),
  }
}

const convPaper = (
  { block, stem }: NetworkPlan['spec'],
  index: number | null,
  kernelSize: ConvOperation['kernelSize'],
): string => {
  if (index === null) return stem === 'large' ? 'He 2015, table 1' : 'He 2015, section 4.2'
  switch (block) {
    case 'basic':
      return 'He 2015, section 3.3'
    case 'bottleneck':
      return 'He 2015, figure 5'
    case 'resnext':
      return kernelSize === 1 ? 'Xie 2017, figure 3c' : 'He 2015, figure 5'
    default:
      return block satisfies never
  }
}

const projectionText = ({ spec }: NetworkPlan, operation: ConvOperation): PieceText => ({
  name: 'Projection',
  formula: spec.order === 'full-preact' ? (spec.batchNorm ? 'W · ReLU(BN(x))' : 'W · ReLU(x)') : 'Wx',
  words: `1×1 convolution, ${channelWords(operation)}${strideWords(operation)}; ${(
    operation.inputChannels * operation.outputChannels
  ).toLocaleString('en')} weights`,
  paper: spec.shortcut === 'C' ? 'He 2015, section 4.1, option C' : 'He 2015, section 3.3, option B',
})

const padText = ({ stride, inputChannels, outputChannels }: SubsamplePadOperation): PieceText => {
  const added = outputChannels - inputChannels
  const parts = [
    ...(stride === 2 ? ['every second pixel'] : []),
    ...(added > 0 ? [`zeros appended for the ${added} new channels`] : []),
    'no parameters',
  ]
  return {
    name: 'Zero padding',
    formula: 'pad(x)',
    words: parts.join('; '),
    paper: 'He 2015, section 3.3, option A',
  }
}

const gateText = ({ initialBias }: GateOperation): PieceText => ({
  name: 'Gate',
  formula: 'g = σ(W · x + b)',
  words: `b starts at ${plainNumber(initialBias)}: without the weights g is ${gateAt(initialBias)}`,
  paper: gates,
})

const gateAt = (bias: number): string => plainNumber(Number((1 / (1 + Math.exp(-bias))).toPrecision(2)))

const normText = (
  { spec }: NetworkPlan,
  lane: BlockPiece['lane'],
  { initialGamma }: NormOperation,
): PieceText => {
  const base = { name: 'Batch norm', formula: 'γ · (v − mean)/√(variance + ε) + β' }
  if (initialGamma === 0)
    return {
      ...base,
      words: 'γ starts at 0: at the start the block passes the shortcut alone',
      paper: 'Goyal et al. 2017, section 5.1',
    }
  if (lane === 'after')
    return { ...base, words: 'after the addition: it changes what the shortcut carried too', paper: orders }
  const before = spec.order === 'full-preact' && lane === 'residual'
  return {
    ...base,
    words: `mean and variance of each channel over the batch${before ? '; before the convolution' : ''}`,
    paper: before ? orders : 'Ioffe & Szegedy 2015',
  }
}

const reluText = (
  { spec }: NetworkPlan,
  block: BlockPlan | null,
  lane: BlockPiece['lane'],
  operation: ReluOperation,
): PieceText => {
  const base = { name: 'ReLU', formula: 'max(0, v)' }
  if (lane === 'after')
    return {
      ...base,
      words: 'after the addition, so on the shortcut’s way too: y is never below 0',
      paper: 'He 2015, section 3.2',
    }
  const isPreactivated = spec.order === 'full-preact' || spec.order === 'relu-only-preact'
  if (operation.output === 'head.relu')
    return {
      ...base,
      words: 'once after the last block, for no block ends in one',
      paper: 'He 2016, appendix',
    }
  if (block !== null && isPreactivated)
    return {
      ...base,
      words: 'before the convolution; what leaves the block is the sum itself',
      paper: orders,
    }
  if (block !== null && spec.order === 'relu-before-add' && endsResidual(spec.block, operation))
    return { ...base, words: 'before the addition: F only adds, so x can only grow', paper: orders }
  return { ...base, words: 'what is below 0 becomes 0', paper: 'Nair & Hinton 2010' }
}

const endsResidual = (block: NetworkPlan['spec']['block'], { output }: ReluOperation): boolean =>
  output.endsWith(block === 'basic' ? '.relu2' : '.relu3')
