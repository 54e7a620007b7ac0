import { type CurveSpec, canonicalCurve } from './curveSpec.ts'
import { equalData } from './equalData.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import { depthOf, type NetworkSpec } from './networkSpec.ts'

/** Filters of the first stage at which an architecture is opened in the lab. */
export const labWidth = 8

/** The part of a network's width that stays at lab scale; the same share of the groups or of their width. */
const scaledGroups = ({
  cardinality,
  groupWidth,
  width,
}: NetworkSpec): Pick<NetworkSpec, 'cardinality' | 'groupWidth'> => {
  const share = labWidth / width
  // Fewer groups of the same width, as the lab's 4×4d is to the paper's 32×4d; where that gives no whole number, narrower ones.
  if (Number.isInteger(cardinality * share)) return { cardinality: cardinality * share, groupWidth }
  if (Number.isInteger(groupWidth * share)) return { cardinality, groupWidth: groupWidth * share }
  return { cardinality: Math.max(1, Math.round(cardinality * share)), groupWidth }
}

/** The same plan at lab scale: blocks, order, shortcuts and weights' start stay; width, stem, images and classes are the lab's. */
export const labCurveOf = (spec: NetworkSpec): CurveSpec => {
  const {
    stem: _stem,
    blocksPerStage,
    width: _width,
    imageSize: _side,
    channels: _in,
    classes: _out,
    ...options
  } = spec
  return canonicalCurve({
    ...options,
    ...(spec.block === 'resnext' ? scaledGroups(spec) : {}),
    depth: depthOf(spec.block, blocksPerStage),
    stages: blocksPerStage,
  })
}

/** What is not as in the network's own size, for people; empty where nothing changes. */
export const labChanges = (spec: NetworkSpec): readonly string[] => {
  const { cardinality, groupWidth } = scaledGroups(spec)
  const isRegrouped = cardinality !== spec.cardinality || groupWidth !== spec.groupWidth
  return [
    ...(spec.width === labWidth ? [] : [`width ${labWidth} in place of ${spec.width}`]),
    ...(spec.stem === 'large' ? ['one 3×3 convolution in place of the 7×7 and its pooling'] : []),
    ...(spec.block === 'resnext' && isRegrouped
      ? [
          `${cardinality}×${groupWidth}d in place of ${spec.cardinality}×${spec.groupWidth}d, so that inner and outer width keep their ratio`,
        ]
      : []),
  ]
}

/** The same layers with shortcuts where they have none, and without where they have some. */
const counterpartOf = (curve: CurveSpec, residual: 'A' | 'B'): CurveSpec => {
  if (curve.shortcut === 'none') return canonicalCurve({ ...curve, shortcut: residual })
  const { initialisation, ...rest } = curve
  // Both start every F at 0, which leaves a plain network dead.
  const isDead = initialisation === 'zero-gamma' || initialisation === 'skipinit'
  return canonicalCurve({
    ...rest,
    shortcut: 'none',
    ...(initialisation === undefined || isDead ? {} : { initialisation }),
  })
}

/**
 * The lab's experiment with the plans of two networks in place of its own, plain ones first. Where both come to the same at lab
 * scale, the second is its counterpart: plain for residual, residual for plain. Switches of shortcuts were planned for the networks
 * that go, and go with them.
 */
export const labExperimentOf = (
  now: ExperimentSpec,
  first: NetworkSpec,
  second: NetworkSpec,
): ExperimentSpec => {
  const curve = labCurveOf(first)
  const other = labCurveOf(second)
  const pair = [
    curve,
    equalData(curve, other) ? counterpartOf(curve, first.stem === 'large' ? 'B' : 'A') : other,
  ]
  return {
    ...now,
    width: labWidth,
    networks: pair.toSorted((a, b) => Number(a.shortcut !== 'none') - Number(b.shortcut !== 'none')),
    interventions: now.interventions.filter(({ kind }) => kind === 'learningRate'),
  }
}
