import type { FigureColours } from './figureColours.ts'
import type { FigureMark } from './figureMarks.ts'
import type { Scale } from './figureScales.ts'
import { textWidth } from './figureText.ts'
import { element, textElement } from './xml.ts'

/** Height of a row of words above the plot, pixels. */
export const markRow = 15

export interface PlacedMark extends FigureMark {
  readonly x: number
  readonly isLeftOfLine: boolean
  readonly row: number
}

/** Each mark's words beside its line, in the first row above the plot where they meet no others. */
export const placedMarks = (
  marks: readonly FigureMark[],
  scale: Scale,
  left: number,
  right: number,
): readonly PlacedMark[] => {
  const rows: number[] = []
  return marks.map((mark) => {
    const x = scale.at(mark.step)
    const width = textWidth(mark.text, 11) + 12
    const isLeftOfLine = x + width > right && x - width > left
    const start = isLeftOfLine ? x - width : x
    let row = rows.findIndex((end) => end <= start)
    if (row < 0) row = rows.length
    rows[row] = start + width
    return { ...mark, x, isLeftOfLine, row }
  })
}

/** From a mark's words down through the plot. */
export const markLine = (
  { x, row }: PlacedMark,
  top: number,
  bottom: number,
  colours: FigureColours,
): string =>
  element('line', {
    x1: x,
    x2: x,
    y1: markTop(top, row) - 9,
    y2: bottom,
    stroke: colours.soft,
    'stroke-width': 0.9,
    'stroke-dasharray': '3 3',
  })

/** With a rim of paper, so that a line of another mark does not cross the letters. */
export const markWords = (
  { x, row, text, isLeftOfLine }: PlacedMark,
  top: number,
  colours: FigureColours,
): string =>
  textElement(text, isLeftOfLine ? x - 5 : x + 5, markTop(top, row), {
    'font-size': 11,
    'text-anchor': isLeftOfLine ? 'end' : 'start',
    stroke: colours.paper,
    'stroke-width': 4,
    'paint-order': 'stroke',
  })

const markTop = (top: number, row: number): number => top - 8 - markRow * row
