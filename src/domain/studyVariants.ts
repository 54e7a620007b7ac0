import type { CurveSpec } from './curveSpec.ts'

/** Which question a study asks: what the shortcut carries, or where batch norm and ReLU stand (He et al. 2016, sections 3 and 4). */
export type StudyKind = 'shortcuts' | 'orders'
export const studyKinds: readonly StudyKind[] = ['shortcuts', 'orders']

/**
 * What He et al. 2016 give for a variant: ResNet-110 on CIFAR-10, test error after the whole training, percent (tables 1 and 2);
 * that it fails, which is what table 1 says of an error above 20 %; or nothing.
 */
export type PublishedResult =
  | { readonly kind: 'error'; readonly percent: number; readonly note: string | null }
  | { readonly kind: 'fails' }
  | { readonly kind: 'none' }

/** One row of a study: a network but for its depth. */
export interface StudyVariant {
  /** Names it in files and in the browser's storage: stays as it is. */
  readonly id: string
  readonly name: string
  /** What it is, a few words. */
  readonly note: string
  readonly curve: Omit<CurveSpec, 'depth'>
  readonly published: PublishedResult
}

const error = (percent: number, note: string | null = null): PublishedResult => ({
  kind: 'error',
  percent,
  note,
})
const fails: PublishedResult = { kind: 'fails' }
const none: PublishedResult = { kind: 'none' }

/** In the order of the published errors, those without one where they belong by what they are. */
const shortcutVariants: readonly StudyVariant[] = [
  {
    id: 'A',
    name: 'A',
    note: 'identity, zeros for new channels',
    curve: { shortcut: 'A' },
    published: error(6.61),
  },
  {
    id: 'B',
    name: 'B',
    note: 'identity, a projection where dimensions change',
    curve: { shortcut: 'B' },
    published: none,
  },
  {
    id: 'preact',
    name: 'full pre-activation',
    note: 'A, with BN and ReLU before each convolution',
    curve: { shortcut: 'A', order: 'full-preact' },
    published: error(6.37),
  },
  {
    id: 'shortcut-gate-6',
    name: 'shortcut gate −6',
    note: '(1 − g)·x, gate bias −6 at the start',
    curve: { shortcut: 'shortcut-gate', gateBias: -6 },
    published: error(6.91),
  },
  {
    id: 'exclusive-gate-6',
    name: 'exclusive gate −6',
    note: 'g·F + (1 − g)·x, gate bias −6 at the start',
    curve: { shortcut: 'exclusive-gate', gateBias: -6 },
    published: error(8.7, 'at best'),
  },
  {
    id: 'C',
    name: 'C',
    note: 'a 1×1 projection in every block',
    curve: { shortcut: 'C' },
    published: error(12.22),
  },
  {
    id: 'scaled',
    name: 'scaled 0.5',
    note: '0.5·F + 0.5·x',
    curve: { shortcut: 'scaled', residualScale: 0.5, shortcutScale: 0.5 },
    published: error(12.35),
  },
  {
    id: 'shortcut-gate-0',
    name: 'shortcut gate 0',
    note: '(1 − g)·x, gate bias 0 at the start',
    curve: { shortcut: 'shortcut-gate', gateBias: 0 },
    published: error(12.86),
  },
  {
    id: 'exclusive-gate-0',
    name: 'exclusive gate 0',
    note: 'g·F + (1 − g)·x, gate bias 0 at the start',
    curve: { shortcut: 'exclusive-gate', gateBias: 0 },
    published: fails,
  },
  {
    id: 'dropout',
    name: 'dropout 0.5',
    note: 'half of x dropped while training',
    curve: { shortcut: 'dropout', dropRate: 0.5 },
    published: fails,
  },
  // Table 1 has it as constant scaling of the shortcut by 0.
  { id: 'none', name: 'none', note: 'the plain network', curve: { shortcut: 'none' }, published: fails },
]

const orderVariants: readonly StudyVariant[] = [
  {
    id: 'full-preact',
    name: 'full pre-activation',
    note: 'BN and ReLU before each convolution',
    curve: { shortcut: 'A', order: 'full-preact' },
    published: error(6.37),
  },
  {
    id: 'original',
    name: 'original',
    note: 'ReLU after the addition',
    curve: { shortcut: 'A' },
    published: error(6.61),
  },
  {
    id: 'relu-only-preact',
    name: 'ReLU-only pre-activation',
    note: 'ReLU before each convolution, BN after it',
    curve: { shortcut: 'A', order: 'relu-only-preact' },
    published: error(6.71),
  },
  {
    id: 'relu-before-add',
    name: 'ReLU before addition',
    note: 'F ends in a ReLU, so x can only grow',
    curve: { shortcut: 'A', order: 'relu-before-add' },
    published: error(7.84),
  },
  {
    id: 'bn-after-add',
    name: 'BN after addition',
    note: 'BN stands on the way of x',
    curve: { shortcut: 'A', order: 'bn-after-add' },
    published: error(8.17),
  },
  {
    id: 'plain',
    name: 'plain',
    note: 'no shortcut, original order, for scale',
    curve: { shortcut: 'none' },
    published: fails,
  },
]

/** The rows of a study, in the order of the published errors. */
export const studyVariants = (kind: StudyKind): readonly StudyVariant[] =>
  kind === 'shortcuts' ? shortcutVariants : orderVariants

/** Under what conditions the published numbers were measured; no number of the lab is. */
export const publishedConditions =
  'ResNet-110 on CIFAR-10, test error after the whole training, “fails” above 20 % (He et al. 2016, tables 1 and 2)'
