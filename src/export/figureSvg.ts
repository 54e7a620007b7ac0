import { chanceError } from '../domain/comparison.ts'
import { curveLabel, evaluationImages } from '../domain/experimentSpec.ts'
import { performedSpec } from '../domain/performedSpec.ts'
import { finalErrorsOf, type Run } from '../domain/run.ts'
import { epochOf } from '../domain/series.ts'
import { verdictOf } from '../domain/verdict.ts'
import { percentText } from '../domain/verdictWords.ts'
import { type FigureColours, type FigureTheme, figureColours } from './figureColours.ts'
import { curveElements } from './figureCurves.ts'
import { type FigureMark, figureMarks } from './figureMarks.ts'
import { errorScale, type Scale, stepScale } from './figureScales.ts'
import { curveStyles } from './figureStyle.ts'
import { textWidth, wrapped } from './figureText.ts'
import { recipeText } from './recipeText.ts'
import { shortestLink } from './shortestLink.ts'
import { spreadApart } from './spreadApart.ts'
import { element, escapeXml } from './xml.ts'

export interface FigureOptions {
  /** Pixels; grows where the words would leave no room for the curves. */
  readonly width: number
  readonly height: number
  readonly theme: FigureTheme
  /** Weight of the past in the smoothed training line; 0.9 by default, 0 draws the minibatches alone. */
  readonly smoothing?: number
  readonly errorAxis?: 'linear' | 'log'
  /** Full address that repeats the run; by default only the link's hash. */
  readonly link?: string
}

const serif = "'Source Serif 4 Variable', 'Source Serif 4', Georgia, 'DejaVu Serif', serif"
const sans = "'Inter Variable', Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
/** How much broader a bold serif may fall out than the sans that `textWidth` knows, where only a broad one is installed. */
const serifBreadth = 1.3
const margin = 32
const labelGap = 34
const leastPlotHeight = 160
/** Between the plot and the foot: numbers and name of the horizontal axis. */
const axisHeight = 62
const markRow = 15

/** A run's curves as a figure for print: an SVG document that needs nothing around it. */
export const figureSvg = (run: Run, options: FigureOptions): string => {
  const width = Math.max(480, Math.round(options.width))
  const colours = figureColours[options.theme]
  const { spec } = run
  const { sentence, detail } = verdictOf(run)
  const inner = width - 2 * margin

  const title = wrapped(sentence, 23 * serifBreadth, inner, 4)
  const sub = wrapped(detail, 13, inner, 4)
  const recipe = wrapped(recipeText(spec), 11, inner, 3)
  const link = wrapped(options.link ?? `#${shortestLink(performedSpec(run))}`, 11, inner, 2)

  const titleBottom = margin + 29 * title.length
  const subBottom = titleBottom + 18 * sub.length
  const labelWidth = Math.max(...spec.networks.map((curve) => textWidth(curveLabel(curve), 13)), 122) + 22
  const left = margin + 40
  const right = width - margin - labelWidth
  const steps = Math.max(1, run.steps.at(-1)?.step ?? spec.recipe.steps)
  const x = stepScale(steps, left, right, Math.max(2, Math.min(8, (right - left) / 90)))
  const marks = placedMarks(figureMarks(run), x, left, right)
  const top = subBottom + 40 + markRow * (Math.max(-1, ...marks.map(({ row }) => row)) + 1)
  const footHeight = margin + 15 * (recipe.length + link.length) - 11
  const height = Math.max(Math.round(options.height), top + leastPlotHeight + axisHeight + footHeight)
  const footTop = height - footHeight
  const bottom = footTop - axisHeight
  const y = errorScale(options.errorAxis ?? 'linear', evaluationImages, top, bottom)

  const styles = curveStyles(spec.networks, colours)
  const room = Math.max(2, Math.floor((right - left) / 2))
  const curves = spec.networks.map((_, i) => {
    const style = styles[i]
    return style === undefined
      ? ''
      : curveElements(i, style, run.steps, run.evaluations, options.smoothing ?? 0.9, { x, y, room })
  })
  const epoch = epochOf(steps, spec.recipe.batchSize, spec.dataset.trainingImages)
  const axisTitle = `Step (${steps.toLocaleString('en')} steps are ${Number(epoch.toPrecision(3))} epochs)`

  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': 'figure-title figure-detail',
      'font-family': sans,
      'font-size': 12,
      fill: colours.ink,
    },
    element('title', { id: 'figure-title' }, escapeXml(sentence)),
    element('desc', { id: 'figure-detail' }, escapeXml(detail)),
    element('rect', { width, height, fill: colours.paper }),
    ...title.map((line, i) =>
      text(line, margin, margin + 22 + 29 * i, { 'font-family': serif, 'font-size': 23, 'font-weight': 600 }),
    ),
    ...sub.map((line, i) =>
      text(line, margin, titleBottom + 15 + 18 * i, { 'font-size': 13, fill: colours.soft }),
    ),
    ...gridElements(y, left, right, colours),
    ...axisElements(x, bottom, axisTitle, (left + right) / 2, colours),
    legend(left, top - 14 - markRow * (Math.max(-1, ...marks.map(({ row }) => row)) + 1), colours),
    ...chance(y, left, right, colours),
    ...marks.map((mark) => markLine(mark, top, bottom, colours)),
    ...marks.map((mark) => markWords(mark, top, colours)),
    ...curves,
    ...endLabels(
      run,
      styles.map(({ colour }) => colour),
      y,
      right,
      top,
      bottom,
      colours,
    ),
    ...recipe.map((line, i) => text(line, margin, footTop + 15 * i, { 'font-size': 11, fill: colours.soft })),
    ...link.map((line, i) =>
      text(line, margin, footTop + 15 * (recipe.length + i), { 'font-size': 11, fill: colours.soft }),
    ),
  )
}

const text = (
  content: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, string | number>> = {},
): string => element('text', { x, y, ...attributes }, escapeXml(content))

const gridElements = (y: Scale, left: number, right: number, colours: FigureColours): readonly string[] =>
  y.ticks.flatMap(({ value, label }) => [
    element('line', { x1: left, x2: right, y1: y.at(value), y2: y.at(value), stroke: colours.line }),
    text(label, left - 8, y.at(value) + 4, { 'text-anchor': 'end', fill: colours.soft }),
  ])

const axisElements = (
  x: Scale,
  bottom: number,
  title: string,
  centre: number,
  colours: FigureColours,
): readonly string[] => [
  ...x.ticks.flatMap(({ value, label }) => [
    element('line', { x1: x.at(value), x2: x.at(value), y1: bottom, y2: bottom + 5, stroke: colours.soft }),
    text(label, x.at(value), bottom + 19, { 'text-anchor': 'middle', fill: colours.soft }),
  ]),
  text(title, centre, bottom + 38, { 'text-anchor': 'middle', fill: colours.soft }),
]

/** The vertical axis's name, and what thin and bold mean. */
const legend = (left: number, y: number, colours: FigureColours): string => {
  const sample = (x: number, strokeWidth: number): string =>
    element('line', {
      x1: x,
      x2: x + 26,
      y1: y - 4,
      y2: y - 4,
      stroke: colours.ink,
      'stroke-width': strokeWidth,
    })
  return element(
    'g',
    {},
    text('Error, %', margin, y, { 'font-weight': 600 }),
    sample(left + 44, 1.3),
    text('training (each minibatch faint)', left + 76, y, { fill: colours.soft }),
    sample(left + 262, 2.6),
    text('validation', left + 294, y, { fill: colours.soft }),
  )
}

/** Named beside the axis where its numbers leave room: all curves start at chance and would cover the word. */
const chance = (y: Scale, left: number, right: number, colours: FigureColours): readonly string[] => {
  const at = y.at(chanceError)
  const hasRoom = y.ticks.every(({ value }) => Math.abs(y.at(value) - at) > 13)
  const place = hasRoom
    ? { x: left - 8, y: at + 4, anchor: 'end' }
    : { x: left + 6, y: at - 5, anchor: 'start' }
  return [
    element('line', { x1: left, x2: right, y1: at, y2: at, stroke: colours.soft, 'stroke-dasharray': '1 4' }),
    text('chance', place.x, place.y, { 'font-size': 11, fill: colours.soft, 'text-anchor': place.anchor }),
  ]
}

interface PlacedMark extends FigureMark {
  readonly x: number
  readonly isLeftOfLine: boolean
  readonly row: number
}

/** Each mark's words beside its line, in the first row above the plot where they meet no others. */
const placedMarks = (
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

const markLine = ({ x, row }: PlacedMark, top: number, bottom: number, colours: FigureColours): string =>
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
const markWords = (
  { x, row, text: words, isLeftOfLine }: PlacedMark,
  top: number,
  colours: FigureColours,
): string =>
  text(words, isLeftOfLine ? x - 5 : x + 5, markTop(top, row), {
    'font-size': 11,
    'text-anchor': isLeftOfLine ? 'end' : 'start',
    stroke: colours.paper,
    'stroke-width': 4,
    'paint-order': 'stroke',
  })

const markTop = (top: number, row: number): number => top - 8 - markRow * row

/** Name and final errors at each line's end, moved apart where lines end together, with a thread back to the line. */
const endLabels = (
  run: Run,
  lineColours: readonly string[],
  y: Scale,
  right: number,
  top: number,
  bottom: number,
  colours: FigureColours,
): readonly string[] => {
  const finals = run.spec.networks.map((_, i) => finalErrorsOf(run, i))
  const ends = finals.map((final) => {
    const at = final?.trainingError ?? chanceError
    return y.at(Number.isFinite(at) ? at : 100)
  })
  const places = spreadApart(ends, labelGap, top + 6, bottom - 18)
  return run.spec.networks.map((curve, i) => {
    const final = finals[i]
    const place = places[i] ?? 0
    const end = ends[i] ?? 0
    const colour = lineColours[i] ?? colours.ink
    const validation =
      final?.validationError == null ? '' : ` · validation ${percentText(final.validationError)}`
    const values =
      final == null || !Number.isFinite(final.trainingError)
        ? 'no measurement'
        : `${percentText(final.trainingError)}${validation}`
    return element(
      'g',
      {},
      Math.abs(place - end) > 6
        ? element('path', {
            d: `M${right + 2} ${Math.round(end)}L${right + 12} ${Math.round(place)}`,
            stroke: colour,
            fill: 'none',
            'stroke-width': 0.8,
          })
        : '',
      text(curveLabel(curve), right + 15, place + 2, { 'font-size': 13, 'font-weight': 700, fill: colour }),
      text(values, right + 15, place + 17, { 'font-size': 11.5, fill: colours.soft }),
    )
  })
}
