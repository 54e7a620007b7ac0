import type { BlockPlan, NetworkPlan } from '../../domain/networkPlan.ts'
import { plainNumber, scaledResidual, scaledShortcut, sumFormula } from './blockFormula.ts'
import type { BlockPiece } from './blockPieces.ts'
import { gates, operationText, type PieceText } from './operationText.ts'

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
