import type {
  BlockPlan,
  GateOperation,
  NetworkPlan,
  NormOperation,
  Operation,
  ReluOperation,
  SubsamplePadOperation,
} from '../../domain/networkPlan.ts'
import { plainNumber, residualTerm, shortcutTerm } from './blockFormula.ts'
import type { PieceLane } from './blockPieces.ts'
import { channelWords, convText, projectionText, strideWords } from './convText.ts'

/** What a piece is, in one line. */
export interface PieceText {
  readonly name: string
  readonly formula: string
  readonly words: string
  /** Where it comes from: paper and, where it is known, section. */
  readonly paper: string
}

/** Where scaled, gated and dropped shortcuts come from. */
export const gates = 'He 2016, section 3.1'
/** Where the orders of activations come from. */
const orders = 'He 2016, section 4.1'

/** Explains one operation, which lies on this way of a block; `block` is null in stem and head. */
export const operationText = (
  plan: NetworkPlan,
  block: BlockPlan | null,
  lane: PieceLane,
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

const normText = ({ spec }: NetworkPlan, lane: PieceLane, { initialGamma }: NormOperation): PieceText => {
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
  lane: PieceLane,
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
