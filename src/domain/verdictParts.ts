import type { Run } from './run.ts'

/** A piece of the headline: words, or what a network's own colour belongs on. */
export type VerdictPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'network'; readonly network: number; readonly text: string }

/** Which sort of sentence it is, for the page's tone. */
export type VerdictKind =
  | 'question'
  | 'live'
  | 'nothing-learned'
  | 'degradation'
  | 'not-shown'
  | 'no-reference'
  | 'diverged'

export interface Verdict {
  readonly kind: VerdictKind
  /** Whether the deep plain network trained worse than the shallow one; null where this run cannot tell. */
  readonly degradation: boolean | null
  /** The headline, plain text. */
  readonly sentence: string
  /** The headline in pieces; joined they are `sentence`. */
  readonly parts: readonly VerdictPart[]
  /** What a reader must know beside the headline: the reference, the steps, the spread, the number of seeds. */
  readonly detail: string
}

/** What the verdict reads. `failure`, where it is given, tells divergence from other ends. */
export type VerdictInput = Pick<Run, 'spec' | 'steps' | 'evaluations' | 'status' | 'marks'> &
  Partial<Pick<Run, 'failure'>>

export const words = (text: string): VerdictPart => ({ kind: 'text', text })
export const ofNetwork = (network: number, text: string): VerdictPart => ({ kind: 'network', network, text })

export const verdict = (
  kind: VerdictKind,
  degradation: boolean | null,
  parts: readonly VerdictPart[],
  detail: readonly string[],
): Verdict => ({
  kind,
  degradation,
  parts,
  sentence: parts.map(({ text }) => text).join(''),
  detail: detail.filter((sentence) => sentence !== '').join(' '),
})
