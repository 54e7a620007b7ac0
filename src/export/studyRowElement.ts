import type { StudyRow } from '../domain/studySummary.ts'
import type { FigureColours } from './figureColours.ts'
import { publishedText, spreadText } from './studyText.ts'
import { element, textElement } from './xml.ts'

/** Where the columns of a study's figure stand, pixels. */
export interface StudyColumns {
  readonly x: (error: number) => number
  readonly left: number
  /** Right edges of the two columns of numbers. */
  readonly meanAt: number
  readonly publishedAt: number
}

/** One variant: its name, each seed as a tick, lowest to highest as a line, the mean as a marker, and the published number apart. */
export const studyRowElement = (
  { variant, results, training, diverged }: StudyRow,
  y: number,
  { x, left, meanAt, publishedAt }: StudyColumns,
  colours: FigureColours,
): string => {
  const isPlain = variant.curve.shortcut === 'none'
  const colour = isPlain ? colours.roles.plain : colours.roles.residual
  const seeds = results.flatMap((result) => (result.kind === 'finished' ? [result.trainingError] : []))
  const words = training === null ? colours.soft : colours.ink
  const marks =
    training === null
      ? []
      : [
          element('line', {
            x1: x(training.least),
            x2: x(training.most),
            y1: y,
            y2: y,
            stroke: colour,
            'stroke-width': 1.5,
          }),
          ...seeds.map((error) =>
            element('line', {
              x1: x(error),
              x2: x(error),
              y1: y - 7,
              y2: y + 7,
              stroke: colour,
              'stroke-width': 1.2,
            }),
          ),
          isPlain
            ? element('rect', {
                x: x(training.mean) - 4.5,
                y: y - 4.5,
                width: 9,
                height: 9,
                fill: colour,
                stroke: colours.paper,
              })
            : element('circle', {
                cx: x(training.mean),
                cy: y,
                r: 5,
                fill: colour,
                stroke: colours.paper,
              }),
        ]
  const failure = diverged.length === 0 ? '' : `${diverged.length} diverged`
  const mean = training === null ? failure || 'not run' : spreadText(training)
  return element(
    'g',
    {},
    textElement(variant.name, left, y - 1, { 'font-size': 13, 'font-weight': 600, fill: words }),
    textElement(variant.note, left, y + 13, { 'font-size': 11, fill: colours.soft }),
    ...marks,
    textElement(mean, meanAt, training !== null && failure !== '' ? y - 2 : y + 4, {
      'text-anchor': 'end',
      'font-size': 13,
      fill: words,
    }),
    training !== null && failure !== ''
      ? textElement(failure, meanAt, y + 13, { 'text-anchor': 'end', 'font-size': 11, fill: colours.soft })
      : '',
    textElement(publishedText(variant.published) || '–', publishedAt, y + 4, {
      'text-anchor': 'end',
      'font-size': 13,
      fill: colours.soft,
    }),
  )
}
