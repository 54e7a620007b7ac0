import type { Grid } from './grid.ts'

/**
 * Where sums over a batch are kept in parts, so that many fragments share the work: a rectangle of an atlas. Each line holds several
 * cells, a cell the partial sums of one index beside one another; every network has lines of its own.
 */
export interface Partials {
  readonly top: number
  /** Lines of one network. */
  readonly lines: number
  readonly cellsInLine: number
  /** Partial sums of a cell. */
  readonly parts: number
  /** Images that a part sums over; the last may have fewer. */
  readonly imagesInPart: number
  /** Cells of one network. */
  readonly cells: number
}

/** Texels of a line. */
export const atlasWidth = 256

/** As many parts as images, but no more than these. */
const mostParts = 64

/** Tiles that a part of a sum over an activation should have: fewer are not worth a fragment, and what sums the parts up waits for all. */
const wantedTiles = 16

/** Parts of a sum over the pixels of a channel. */
export const wantedParts = ({ images, tilesAcross, tilesDown }: Grid): number =>
  Math.ceil((images * tilesAcross * tilesDown) / wantedTiles)

/** Lines of a launch, so that all cores have some where the processor draws: it hands them out in pairs. */
const linesToShare = 16

/** Appends rectangles below one another. */
export class Atlas {
  height = 0

  constructor(readonly networks: number) {}

  /** `wanted` parts of every cell, at most one an image. */
  append(cells: number, images: number, wanted: number): Partials {
    const imagesInPart = Math.ceil(images / Math.max(1, Math.min(images, wanted, mostParts)))
    const parts = Math.ceil(images / imagesInPart)
    const wantedLines = Math.ceil(linesToShare / this.networks)
    const cellsInLine = Math.min(Math.ceil(cells / wantedLines), Math.floor(atlasWidth / parts))
    const lines = Math.ceil(cells / cellsInLine)
    const top = this.height
    this.height += lines * this.networks
    return { top, lines, cellsInLine, parts, imagesInPart, cells }
  }
}

/** First texel of a cell of the first network. */
export const cellAt = (
  { top, cellsInLine, parts }: Partials,
  cell: number,
): { readonly x: number; readonly y: number } => ({
  x: (cell % cellsInLine) * parts,
  y: top + Math.floor(cell / cellsInLine),
})

/** As shaders read it: (top, lines of a network, cells in a line, parts). */
export const partialsVector = ({ top, lines, cellsInLine, parts }: Partials): readonly number[] => [
  top,
  lines,
  cellsInLine,
  parts,
]
