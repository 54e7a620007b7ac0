import type { CurveRole } from '../domain/experimentSpec.ts'

export type FigureTheme = 'light' | 'dark'

/** Colours of exported figures: a picture carries its own, since it leaves the page's style sheet behind. */
export interface FigureColours {
  readonly paper: string
  readonly ink: string
  readonly soft: string
  readonly line: string
  /** Okabe and Ito's vermilion and blue, tuned to a contrast of 4.5 on the paper, and ink for the reference. */
  readonly roles: Readonly<Record<CurveRole, string>>
}

export const figureColours: Readonly<Record<FigureTheme, FigureColours>> = {
  light: {
    paper: '#ffffff',
    ink: '#1d1b18',
    soft: '#5f5a52',
    line: '#e5e0d6',
    roles: { plain: '#b93c0a', residual: '#0a63ad', reference: '#57524a' },
  },
  dark: {
    paper: '#141311',
    ink: '#f1ede6',
    soft: '#b5aea3',
    line: '#322f2a',
    roles: { plain: '#ff8f57', residual: '#62b3f5', reference: '#b8b1a6' },
  },
}
