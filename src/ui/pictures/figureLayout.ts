import type { BlockPiece, BlockPieces, NetworkPart } from './blockPieces.ts'
import { type FigureBox, type FigureMeasures, figureBox, halfAcross, lengthOf } from './figureBoxes.ts'
import type { PieceSign } from './pieceSign.ts'
import { type PathPoint, roundedPath } from './roundedPath.ts'

export interface PlacedPiece {
  readonly piece: BlockPiece
  readonly sign: PieceSign
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface FigureWire {
  readonly lane: 'residual' | 'shortcut' | 'gate'
  /** An SVG path. */
  readonly d: string
}

/** One part of a network, legible: every operation in order, the ways of shortcut and gate beside that of F. Pixels. */
export interface Figure {
  readonly width: number
  readonly height: number
  readonly pieces: readonly PlacedPiece[]
  readonly wires: readonly FigureWire[]
  /** What goes in and what comes out, by its name. */
  readonly ends: readonly (PathPoint & { readonly text: string })[]
}

const gap = 12
const laneGap = 14
const corner = 8

/** Where a box stands: its middle along the way of F, and across it; 0 is F itself, more is towards shortcut and gate. */
interface Standing {
  readonly box: FigureBox
  readonly along: number
  readonly across: number
}

/** Boxes one after another, the first one's edge at `start`. */
const row = (
  boxes: readonly FigureBox[],
  start: number,
  across: number,
  space: number,
): readonly Standing[] => {
  let edge = start
  return boxes.map((box) => {
    const along = edge + box.along / 2
    edge += box.along + space
    return { box, along, across }
  })
}

const endsOf = (part: NetworkPart): readonly [string, string] => {
  if (part === 'stem') return ['image', 'x']
  if (part === 'head') return ['y', 'scores']
  return ['x', 'y']
}

export const layoutFigure = (part: NetworkPart, pieces: BlockPieces, measures: FigureMeasures): Figure => {
  const { scale, vertical, tinyText } = measures
  const space = gap * scale
  const boxes = (of: readonly BlockPiece[]): readonly FigureBox[] =>
    of.map((piece) => figureBox(piece, measures))
  const isFactor = ({ piece }: FigureBox): boolean => piece.role.endsWith('factor')
  const [first, last] = endsOf(part)
  const textRoom = (text: string): number =>
    vertical ? 1.5 * tinyText : text.length * 0.65 * tinyText + 8 * scale

  const allOfF = boxes(pieces.residual)
  const ofF = allOfF.filter((box) => !isFactor(box))
  const allOfShortcut = boxes(pieces.shortcut)
  const ofShortcut = allOfShortcut.filter((box) => !isFactor(box))
  const ofGate = boxes(pieces.gate)
  const after = boxes(pieces.after)
  const factors = [...allOfF, ...allOfShortcut].filter(isFactor)

  const mainHalf = halfAcross([...allOfF, ...after])
  const shortcutAt = mainHalf + laneGap * scale + halfAcross(allOfShortcut)
  const gateAt = shortcutAt + halfAcross(allOfShortcut) + laneGap * scale + halfAcross(ofGate)

  // Ways branch off x, or in full pre-activation a projection off what the first convolution reads.
  const start = textRoom(first)
  const fork = start + space / 2
  const branch =
    fork + (pieces.shortcutFrom === 0 ? 0 : lengthOf(ofF.slice(0, pieces.shortcutFrom), space) + space)
  const standing: Standing[] = [...row(ofF, start + space, 0, space)]
  let end = start + space + lengthOf(ofF, space)
  const wires: {
    readonly lane: FigureWire['lane']
    readonly through: readonly (readonly [number, number])[]
  }[] = []

  if (pieces.plus !== null) {
    const plus = figureBox(pieces.plus, measures)
    const factorLength = Math.max(0, ...factors.map(({ along }) => along))
    const besides = Math.max(branch + lengthOf(ofShortcut, space), fork + lengthOf(ofGate, space)) + 2 * space
    end = Math.max(end, besides - space)
    const factorAt = end + space + factorLength / 2
    const plusAt = end + (factorLength > 0 ? factorLength + space : 0) + space + plus.along / 2
    const middle = (of: readonly FigureBox[], from: number, to: number): number =>
      (from + to - lengthOf(of, space)) / 2
    const lanesEnd = factorLength > 0 ? end + space : plusAt
    standing.push(
      ...row(ofShortcut, middle(ofShortcut, branch, lanesEnd), shortcutAt, space),
      ...row(ofGate, middle(ofGate, fork, lanesEnd), gateAt, space),
      ...factors.map((box) => ({
        box,
        along: factorAt,
        across: box.piece.lane === 'residual' ? 0 : shortcutAt,
      })),
      { box: plus, along: plusAt, across: 0 },
      ...row(after, plusAt + plus.along / 2 + space, 0, space),
    )
    wires.push({
      lane: 'shortcut',
      through: [
        [branch, 0],
        [branch, shortcutAt],
        [plusAt, shortcutAt],
        [plusAt, 0],
      ],
    })
    if (ofGate.length > 0)
      wires.push({
        lane: 'gate',
        through: [
          [fork, 0],
          [fork, gateAt],
          [factorAt, gateAt],
          [factorAt, factors.some(({ piece }) => piece.lane === 'residual') ? 0 : shortcutAt],
        ],
      })
    end = plusAt + plus.along / 2 + (after.length > 0 ? space + lengthOf(after, space) : 0)
  }
  wires.unshift({
    lane: 'residual',
    through: [
      [start, 0],
      [end + space, 0],
    ],
  })

  const length = end + space + textRoom(last)
  const outermost = ofGate.length > 0 ? gateAt + halfAcross(ofGate) : shortcutAt + halfAcross(allOfShortcut)
  const beyond = pieces.plus === null ? mainHalf : outermost
  const onF = (vertical ? mainHalf : beyond) + scale
  const depth = mainHalf + beyond + 2 * scale
  const at = (along: number, across: number): PathPoint =>
    vertical ? { x: onF + across, y: along } : { x: along, y: onF - across }

  return {
    width: vertical ? depth : length,
    height: vertical ? length : depth,
    pieces: standing.map(({ box, along, across }) => {
      const { x, y } = at(along, across)
      const width = vertical ? box.across : box.along
      const height = vertical ? box.along : box.across
      return { piece: box.piece, sign: box.sign, x: x - width / 2, y: y - height / 2, width, height }
    }),
    wires: wires.map(({ lane, through }) => ({
      lane,
      d: roundedPath(
        through.map(([along, across]) => at(along, across)),
        corner * scale,
      ),
    })),
    ends: [
      { text: first, ...at(start / 2, 0) },
      { text: last, ...at(length - textRoom(last) / 2, 0) },
    ],
  }
}
