import { curveProblem } from '../curveProblem.ts'
import { type CurveSpec, canonicalCurve } from '../curveSpec.ts'
import { depthRange } from '../depthProblem.ts'
import { limits, type Range } from '../limits.ts'
import {
  activationOrders,
  blockTypes,
  depthOf,
  depthStride,
  initialisations,
  shortcutTypes,
} from '../networkSpec.ts'

/** Every meaningful combination of block, order, shortcut, batch norm and initialisation. */
export const meaningfulKinds: readonly Omit<CurveSpec, 'depth'>[] = blockTypes
  .flatMap((block) => activationOrders.map((order) => ({ block, order })))
  .flatMap((kind) => shortcutTypes.map((shortcut) => ({ ...kind, shortcut })))
  .flatMap((kind) => [true, false].map((batchNorm) => ({ ...kind, batchNorm })))
  .flatMap((kind) => initialisations.map((initialisation) => ({ ...kind, initialisation })))
  .filter((kind) => curveProblem({ ...kind, depth: 0 }) === null)

/** How many numbers decide a curve. */
export const choicesOfCurve = 32

/** A curve for each list of whole numbers (`choicesOfCurve` of them, from 0 on): all that the lab accepts, canonical. */
export const chosenCurve = (choices: readonly number[]): CurveSpec => {
  let used = 0
  const choose = (count: number): number => (choices[used++] ?? 0) % count
  const one = <T>(items: readonly T[]): T => items[choose(items.length)] as T
  const whole = ({ min, max }: Range): number => min + choose(max - min + 1)
  /** In sevenths of a thousandth, so that most have many digits. */
  const real = ({ min, max }: Range): number => min + choose((max - min) * 7000) / 7000

  const kind = one(meaningfulKinds)
  const block = kind.block ?? 'basic'
  const numbers = {
    cardinality: whole(limits.cardinality),
    groupWidth: whole(limits.groupWidth),
    residualScale: limits.scale.max - real(limits.scale),
    shortcutScale: limits.scale.max - real(limits.scale),
    gateBias: choose(2) === 0 ? whole(limits.gateBias) : real(limits.gateBias),
    dropRate: real(limits.dropRate),
  }
  const isEven = choose(3) > 0
  const stages = Array.from({ length: whole(limits.stages) }, () => 1 + choose(8))
  const { min, max } = depthRange(block)
  const stride = depthStride(block)
  const evenDepth = min + stride * choose((max - min) / stride + 1)
  return canonicalCurve({
    ...kind,
    ...numbers,
    ...(isEven ? { depth: evenDepth } : { depth: depthOf(block, stages), stages }),
  })
}
