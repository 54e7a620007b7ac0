import { chanceError } from '../domain/comparison.ts'
import type { FigureColours } from './figureColours.ts'
import type { Scale } from './figureScales.ts'
import { element, textElement } from './xml.ts'

/** A line across the plot at every tick of the error, and its number. */
export const gridElements = (
  y: Scale,
  left: number,
  right: number,
  colours: FigureColours,
): readonly string[] =>
  y.ticks.flatMap(({ value, label }) => [
    element('line', { x1: left, x2: right, y1: y.at(value), y2: y.at(value), stroke: colours.line }),
    textElement(label, left - 8, y.at(value) + 4, { 'text-anchor': 'end', fill: colours.soft }),
  ])

/** Ticks of the steps under the plot, and the axis's name. */
export const axisElements = (
  x: Scale,
  bottom: number,
  title: string,
  centre: number,
  colours: FigureColours,
): readonly string[] => [
  ...x.ticks.flatMap(({ value, label }) => [
    element('line', { x1: x.at(value), x2: x.at(value), y1: bottom, y2: bottom + 5, stroke: colours.soft }),
    textElement(label, x.at(value), bottom + 19, { 'text-anchor': 'middle', fill: colours.soft }),
  ]),
  textElement(title, centre, bottom + 38, { 'text-anchor': 'middle', fill: colours.soft }),
]

/** The vertical axis's name, and what thin and bold mean. */
export const legend = (margin: number, left: number, y: number, colours: FigureColours): string => {
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
    textElement('Error, %', margin, y, { 'font-weight': 600 }),
    sample(left + 44, 1.3),
    textElement('training (each minibatch faint)', left + 76, y, { fill: colours.soft }),
    sample(left + 262, 2.6),
    textElement('validation', left + 294, y, { fill: colours.soft }),
  )
}

/** Named beside the axis where its numbers leave room: all curves start at chance and would cover the word. */
export const chanceLine = (
  y: Scale,
  left: number,
  right: number,
  colours: FigureColours,
): readonly string[] => {
  const at = y.at(chanceError)
  const hasRoom = y.ticks.every(({ value }) => Math.abs(y.at(value) - at) > 13)
  const place = hasRoom
    ? { x: left - 8, y: at + 4, anchor: 'end' }
    : { x: left + 6, y: at - 5, anchor: 'start' }
  return [
    element('line', { x1: left, x2: right, y1: at, y2: at, stroke: colours.soft, 'stroke-dasharray': '1 4' }),
    textElement('chance', place.x, place.y, {
      'font-size': 11,
      fill: colours.soft,
      'text-anchor': place.anchor,
    }),
  ]
}
