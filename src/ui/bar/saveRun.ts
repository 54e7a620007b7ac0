import { performedSpec } from '../../domain/performedSpec.ts'
import type { Run } from '../../domain/run.ts'
import { figureSvg } from '../../export/figureSvg.ts'
import { metricsCsv } from '../../export/metricsCsv.ts'
import { runReport } from '../../export/runReport.ts'
import { shortestLink } from '../../export/shortestLink.ts'
import { saveFile } from '../common/saveFile.ts'
import { addressWith } from './addressWith.ts'
import { labVersion } from './labVersion.ts'
import { pngOfSvg } from './pngOfSvg.ts'

export type RunFormat = 'csv' | 'json' | 'svg' | 'png'

/** How a figure is drawn: as the page shows the curves now. */
export interface FigureView {
  readonly theme: 'light' | 'dark'
  readonly smoothing: number
  readonly errorAxis: 'linear' | 'log'
}

const figureSize = { width: 1200, height: 800 }
/** Pixels of the picture for every pixel of the drawing. */
const pictureScale = 2

/** A run as one file, saved by the browser. */
export const saveRun = async (run: Run, format: RunFormat, view: FigureView): Promise<void> => {
  const name = `degradation-lab-seed-${run.spec.seed}.${format}`
  const figure = () =>
    figureSvg(run, { ...figureSize, ...view, link: addressWith(shortestLink(performedSpec(run))) })
  switch (format) {
    case 'csv':
      return saveFile(name, new Blob([metricsCsv(run)], { type: 'text/csv' }))
    case 'json': {
      const report = runReport(run, labVersion, { series: true })
      return saveFile(name, new Blob([JSON.stringify(report, null, 1)], { type: 'application/json' }))
    }
    case 'svg':
      return saveFile(name, new Blob([figure()], { type: 'image/svg+xml' }))
    case 'png':
      return saveFile(name, await pngOfSvg(figure(), figureSize, pictureScale))
    default:
      return format satisfies never
  }
}
