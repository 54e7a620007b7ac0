import { chanceError } from '../domain/comparison.ts'
import { missingExperiments, type StudyRecord } from '../domain/study.ts'
import { type RowOrder, studyRows } from '../domain/studySummary.ts'
import { publishedConditions } from '../domain/studyVariants.ts'
import { studyVerdict } from '../domain/studyVerdict.ts'
import { type FigureTheme, figureColours } from './figureColours.ts'
import { figureDocument, margin, serif, serifBreadth } from './figureDocument.ts'
import { textWidth, wrapped } from './figureText.ts'
import { shortestLink } from './shortestLink.ts'
import { type StudyColumns, studyRowElement } from './studyRowElement.ts'
import { studyConditions, studyRecipe, studyTitles } from './studyText.ts'
import { element, textElement } from './xml.ts'

export interface StudyFigureOptions {
  /** Pixels; the height follows from the rows. */
  readonly width: number
  readonly theme: FigureTheme
  /** `here` by default. */
  readonly order?: RowOrder
  /** Full address that repeats the study's first experiment; by default only the link's hash. */
  readonly link?: string
}

const rowHeight = 38
const ticks = [0, 25, 50, 75, 100]

/** Hash of the link that repeats the first experiment of a study. */
export const studyLink = ({ request }: StudyRecord): string => {
  const [first] = missingExperiments({ request, results: [] })
  return first === undefined ? '' : shortestLink(first.spec)
}

/** A study as a figure for print: an SVG document that needs nothing around it. */
export const studySvg = (record: StudyRecord, options: StudyFigureOptions): string => {
  const width = Math.max(640, Math.round(options.width))
  const colours = figureColours[options.theme]
  const { request } = record
  const { sentence, detail } = studyVerdict(record)
  const inner = width - 2 * margin
  const rows = studyRows(record, options.order ?? 'here')

  const over = `${studyTitles[request.kind]}? A study at ${request.depth} layers`
  // A number stays with its unit.
  const title = wrapped(sentence.replaceAll(' %', '\u00a0%'), 19 * serifBreadth, inner, 5)
  const sub = wrapped(detail, 13, inner, 3)
  const here = wrapped(
    `Here: ${request.base.dataset.source}, ${studyConditions(request)}. Mean, each seed, lowest to highest.`,
    12,
    inner,
    2,
  )
  const published = wrapped(
    `Published: ${publishedConditions}: another depth, data set and length.`,
    12,
    inner,
    2,
  )
  const foot = [
    ...wrapped(studyRecipe(request), 11, inner, 3),
    ...wrapped(options.link ?? `First experiment: #${studyLink(record)}`, 11, inner, 3),
  ]

  const titleTop = margin + 22
  const titleBottom = titleTop + 25 * title.length
  const subBottom = titleBottom + 18 * sub.length
  const hereBottom = subBottom + 12 + 16 * (here.length + published.length)
  const top = hereBottom + 44
  const bottom = top + rowHeight * rows.length
  const height = bottom + 62 + 15 * foot.length + margin - 11

  const names = rows.map(({ variant }) => Math.max(textWidth(variant.name, 13), textWidth(variant.note, 11)))
  const left = margin + Math.min(300, Math.max(...names) * 1.06) + 16
  const publishedAt = width - margin
  const meanAt = publishedAt - 104
  const right = meanAt - 100
  const columns: StudyColumns = {
    x: (error) => left + ((right - left) * error) / 100,
    left: margin,
    meanAt,
    publishedAt,
  }
  const lines = (texts: readonly string[], size: number, from: number, leading: number): readonly string[] =>
    texts.map((line, i) =>
      textElement(line, margin, from + leading * i, { 'font-size': size, fill: colours.soft }),
    )
  const headAt = top - 14
  const chance = columns.x(chanceError)

  return figureDocument(
    { width, height, colours, title: `${over}. ${sentence}`, detail },
    textElement(over, margin, margin + 4, { 'font-size': 12, 'font-weight': 600, fill: colours.soft }),
    ...title.map((line, i) =>
      textElement(line, margin, titleTop + 11 + 25 * i, {
        'font-family': serif,
        'font-size': 19,
        'font-weight': 600,
      }),
    ),
    ...lines(sub, 13, titleBottom + 12, 18),
    ...lines([...here, ...published], 12, subBottom + 22, 16),
    ...ticks.flatMap((tick) => [
      element('line', {
        x1: columns.x(tick),
        x2: columns.x(tick),
        y1: top,
        y2: bottom,
        stroke: colours.line,
      }),
      textElement(String(tick), columns.x(tick), bottom + 17, {
        'text-anchor': 'middle',
        fill: colours.soft,
      }),
    ]),
    textElement('Training error, %', (left + right) / 2, bottom + 36, {
      'text-anchor': 'middle',
      fill: colours.soft,
    }),
    element('line', {
      x1: chance,
      x2: chance,
      y1: top - 4,
      y2: bottom,
      stroke: colours.soft,
      'stroke-dasharray': '1 4',
    }),
    textElement('chance', chance, headAt + 4, {
      'text-anchor': 'middle',
      'font-size': 11,
      fill: colours.soft,
    }),
    textElement('here, %', meanAt, headAt, { 'text-anchor': 'end', 'font-weight': 600 }),
    textElement('published, %', publishedAt, headAt, { 'text-anchor': 'end', 'font-weight': 600 }),
    ...rows.map((row, i) => studyRowElement(row, top + rowHeight * (i + 0.5), columns, colours)),
    ...lines(foot, 11, bottom + 66, 15),
  )
}
