import type { figureColours } from './figureColours.ts'
import { element, escapeXml } from './xml.ts'

export const serif = "'Source Serif 4 Variable', 'Source Serif 4', Georgia, 'DejaVu Serif', serif"
const sans = "'Inter Variable', Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
/** How much broader a bold serif may fall out than the sans that `textWidth` knows, where only a broad one is installed. */
export const serifBreadth = 1.3
/** White around a figure, pixels. */
export const margin = 32

interface FigurePaper {
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly colours: (typeof figureColours)[keyof typeof figureColours]
  /** What is read out for the figure. */
  readonly title: string
  readonly detail: string
}

/** An SVG document that needs nothing around it: paper of one colour, named for those who hear it, with these elements on it. */
export const figureDocument = (
  { width, height, colours, title, detail }: FigurePaper,
  ...elements: readonly string[]
): string =>
  element(
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
    element('title', { id: 'figure-title' }, escapeXml(title)),
    element('desc', { id: 'figure-detail' }, escapeXml(detail)),
    element('rect', { width, height, fill: colours.paper }),
    ...elements,
  )
