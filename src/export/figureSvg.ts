import { curveLabel } from '../domain/curveLabel.ts'
import { evaluationImages } from '../domain/experimentSpec.ts'
import { performedSpec } from '../domain/performedSpec.ts'
import type { Run } from '../domain/run.ts'
import { epochOf } from '../domain/series.ts'
import { verdictOf } from '../domain/verdict.ts'
import { axisElements, chanceLine, gridElements, legend } from './figureAxes.ts'
import { type FigureTheme, figureColours } from './figureColours.ts'
import { curveElements } from './figureCurves.ts'
import { figureDocument, margin, serif, serifBreadth } from './figureDocument.ts'
import { endLabels } from './figureEndLabels.ts'
import { markLine, markRow, markWords, placedMarks } from './figureMarkLines.ts'
import { figureMarks } from './figureMarks.ts'
import { errorScale, stepScale } from './figureScales.ts'
import { curveStyles } from './figureStyle.ts'
import { textWidth, wrapped } from './figureText.ts'
import { recipeText } from './recipeText.ts'
import { shortestLink } from './shortestLink.ts'
import { textElement } from './xml.ts'

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

const leastPlotHeight = 160
/** Between the plot and the foot: numbers and name of the horizontal axis. */
const axisHeight = 62

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

  return figureDocument(
    { width, height, colours, title: sentence, detail },
    ...title.map((line, i) =>
      textElement(line, margin, margin + 22 + 29 * i, {
        'font-family': serif,
        'font-size': 23,
        'font-weight': 600,
      }),
    ),
    ...sub.map((line, i) =>
      textElement(line, margin, titleBottom + 15 + 18 * i, { 'font-size': 13, fill: colours.soft }),
    ),
    ...gridElements(y, left, right, colours),
    ...axisElements(x, bottom, axisTitle, (left + right) / 2, colours),
    legend(margin, left, top - 14 - markRow * (Math.max(-1, ...marks.map(({ row }) => row)) + 1), colours),
    ...chanceLine(y, left, right, colours),
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
    ...recipe.map((line, i) =>
      textElement(line, margin, footTop + 15 * i, { 'font-size': 11, fill: colours.soft }),
    ),
    ...link.map((line, i) =>
      textElement(line, margin, footTop + 15 * (recipe.length + i), { 'font-size': 11, fill: colours.soft }),
    ),
  )
}
