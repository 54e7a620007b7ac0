import { plainNumber } from './blockFormula.ts'
import type { BlockPiece } from './blockPieces.ts'

/** What a piece looks like: its shape, and one or two short lines in it. */
export interface PieceSign {
  readonly shape: 'layer' | 'norm' | 'relu' | 'path' | 'plus' | 'wire'
  readonly lines: readonly string[]
}

const change = ({
  inputChannels,
  outputChannels,
}: {
  inputChannels: number
  outputChannels: number
}): string => `${inputChannels} → ${outputChannels}`

export const pieceSign = ({ operation, role, lane }: BlockPiece): PieceSign => {
  if (role === 'plus') return { shape: 'plus', lines: ['+'] }
  if (role === 'identity') return { shape: 'wire', lines: ['x'] }
  switch (operation.kind) {
    case 'conv': {
      const { kernelSize, stride, groups, kernel } = operation
      const parts = [
        `${kernelSize}×${kernelSize}`,
        ...(kernel === 'dirac' ? ['Dirac'] : []),
        ...(groups > 1 ? [`${groups} groups`] : []),
        ...(stride === 2 ? ['/2'] : []),
      ]
      return { shape: lane === 'residual' ? 'layer' : 'path', lines: [parts.join(' '), change(operation)] }
    }
    case 'norm':
      return { shape: 'norm', lines: operation.initialGamma === 0 ? ['BN', 'γ = 0'] : ['BN'] }
    case 'relu':
      return { shape: 'relu', lines: ['ReLU'] }
    case 'multiplier':
      return { shape: 'path', lines: ['× α'] }
    case 'max-pool':
      return { shape: 'layer', lines: ['max 3×3', '/2'] }
    case 'subsample-pad':
      return {
        shape: 'path',
        lines: [operation.stride === 2 ? 'pad 0 /2' : 'pad 0', change(operation)],
      }
    case 'dropout':
      return { shape: 'path', lines: ['dropout', plainNumber(operation.rate)] }
    case 'gate':
      return { shape: 'path', lines: ['g = σ', `b ${plainNumber(operation.initialBias)}`] }
    case 'add':
      return {
        shape: 'path',
        lines: [
          `× ${plainNumber(role === 'residual-factor' ? operation.residualScale : operation.shortcutScale)}`,
        ],
      }
    case 'gated-add':
      return { shape: 'path', lines: [role === 'residual-factor' ? '× g' : '× (1 − g)'] }
    case 'pool':
      return { shape: 'layer', lines: ['mean', `${operation.side}×${operation.side}`] }
    case 'dense':
      return { shape: 'layer', lines: ['fc', change(operation)] }
    default:
      return operation satisfies never
  }
}
