import { type Estimate, errorEstimate } from './comparison.ts'
import { curveLabel } from './curveLabel.ts'
import { type CurveSpec, optionsOf } from './curveSpec.ts'
import { batchNormWords, blockNames, initialisationWords, orderWords, shortcutWords } from './curveWords.ts'
import type { Initialisation } from './networkSpec.ts'
import { finalMinibatches, type StepPoint } from './run.ts'

/** Whole points; one decimal below 10. */
const pointsText = (value: number): string =>
  Math.abs(value) < 9.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value))

/** An error as people read it: `88 %`, `7.4 %`. */
export const percentText = (value: number): string => `${pointsText(value)} %`

export const stepsText = (steps: number): string => `${steps} ${steps === 1 ? 'step' : 'steps'}`

export const gapText = ({ mean, standardError }: Estimate): string =>
  `${pointsText(Math.abs(mean))} ± ${pointsText(standardError)} points (standard error over the last ${finalMinibatches} batches)`

export const batchesText = (count: number): string => (count === 1 ? 'batch' : `${count} batches`)

/** `plain-8 26 %, plain-32 86 %`. */
export const errorsText = (networks: readonly CurveSpec[], points: readonly StepPoint[]): string =>
  networks.map((curve, i) => `${curveLabel(curve)} ${percentText(errorEstimate(points, i).mean)}`).join(', ')

/** `a`, `a and b`, `a, b and c`. */
export const listText = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** How a network's weights start, as something that it has. */
const initialisationAdded: Readonly<Record<Initialisation, string>> = {
  ...initialisationWords,
  he: 'He-normal weights',
  dirac: 'Dirac kernels',
}

/** What a twin has that the plain network has not, a phrase a piece. Without shortcuts the order changes nothing. */
export const additionsOf = (plain: CurveSpec, twin: CurveSpec): readonly string[] => {
  const [before, after] = [optionsOf(plain), optionsOf(twin)]
  const hasShortcuts = twin.shortcut !== 'none'
  return [
    hasShortcuts ? shortcutWords[twin.shortcut] : null,
    hasShortcuts && before.order !== after.order ? orderWords[after.order] : null,
    before.initialisation === after.initialisation ? null : initialisationAdded[after.initialisation],
    before.batchNorm === after.batchNorm ? null : batchNormWords(after.batchNorm),
  ].filter((phrase) => phrase !== null)
}

/** Shortcuts A are simply shortcuts. */
const additionsText = (plain: CurveSpec, twin: CurveSpec, shortcutsA: string): string =>
  listText(additionsOf(plain, twin).map((phrase) => (phrase === shortcutWords.A ? shortcutsA : phrase)))

/** `with shortcuts`, `with shortcuts B`, `with shortcuts and zero last gamma`, `with Dirac kernels`. */
export const withText = (plain: CurveSpec, twin: CurveSpec): string =>
  `with ${additionsText(plain, twin, 'shortcuts')}`

/** What was added, as the subject of a sentence. */
export const addedText = (plain: CurveSpec, twin: CurveSpec): string =>
  additionsText(plain, twin, 'the shortcuts')

/** The two of a pair, where they are named together. */
export const bothText = (plain: CurveSpec, twin: CurveSpec): string =>
  twin.shortcut !== 'none' && additionsOf(plain, twin).length === 1
    ? `plain and residual of ${plain.depth} layers`
    : `${curveLabel(plain)} and ${curveLabel(twin)}`

/** The plain network's twin; only shortcuts A alone leave it the very same network: the others bring parameters or another start. */
export const twinText = (plain: CurveSpec, twin: CurveSpec): string => {
  const isSame = twin.shortcut === 'A' && additionsOf(plain, twin).length === 1
  return `${withText(plain, twin)}, ${isSame ? 'the same network' : 'it'}`
}

/** `the plain network`, or what sort of plain network it is; `depth` puts its layers in. */
export const plainText = (curve: CurveSpec, depth: 'with depth' | 'without depth'): string => {
  const { block, initialisation, batchNorm } = optionsOf(curve)
  const sort = block === 'basic' ? '' : `${blockNames[block]} `
  const layers = depth === 'with depth' ? ` of ${curve.depth} layers` : ''
  const start = initialisation === 'he' ? '' : ` with ${initialisationAdded[initialisation]}`
  return `the plain ${sort}network${layers}${start}${batchNorm ? '' : ' without batch norm'}`
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
