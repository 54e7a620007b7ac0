import type { BlockPiece } from './blockPieces.ts'
import { type PieceSign, pieceSign } from './pieceSign.ts'

export interface FigureMeasures {
  /** Pixels a CSS pixel of the design. */
  readonly scale: number
  /** Size of the smallest type, pixels. */
  readonly tinyText: number
  /** From top to bottom, for a narrow screen; else from left to right. */
  readonly vertical: boolean
}

/** A piece with its size, along the way of F and across it. */
export interface FigureBox {
  readonly piece: BlockPiece
  readonly sign: PieceSign
  readonly along: number
  readonly across: number
}

export const figureBox = (piece: BlockPiece, { scale, tinyText, vertical }: FigureMeasures): FigureBox => {
  const sign = pieceSign(piece)
  const isRound = sign.shape === 'plus'
  const letters = Math.max(...sign.lines.map(({ length }) => length))
  const width = isRound ? 22 * scale : Math.max(30 * scale, 0.56 * tinyText * letters + 13 * scale)
  const height = (isRound ? 22 : vertical ? 28 : 32) * scale
  return { piece, sign, along: vertical ? height : width, across: vertical ? width : height }
}

/** Length of boxes one after another. */
export const lengthOf = (boxes: readonly FigureBox[], space: number): number =>
  boxes.reduce((sum, { along }) => sum + along, 0) + Math.max(0, boxes.length - 1) * space

/** Half of what the widest of them takes across. */
export const halfAcross = (boxes: readonly FigureBox[]): number =>
  Math.max(0, ...boxes.map(({ across }) => across)) / 2
