import { chanceError } from '../domain/comparison.ts'
import { curveLabel } from '../domain/curveLabel.ts'
import { finalErrorsOf, type Run } from '../domain/run.ts'
import { percentText } from '../domain/verdictWords.ts'
import type { FigureColours } from './figureColours.ts'
import type { Scale } from './figureScales.ts'
import { spreadApart } from './spreadApart.ts'
import { element, textElement } from './xml.ts'

/** Between two labels, pixels. */
const labelGap = 34

/** Name and final errors at each line's end, moved apart where lines end together, with a thread back to the line. */
export const endLabels = (
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
      textElement(curveLabel(curve), right + 15, place + 2, {
        'font-size': 13,
        'font-weight': 700,
        fill: colour,
      }),
      textElement(values, right + 15, place + 17, { 'font-size': 11.5, fill: colours.soft }),
    )
  })
}
