import { blocksPerStageOf, type CurveSpec, optionsOf } from './curveSpec.ts'
import { equalData } from './equalData.ts'

/** Indices of the networks that the experiment is about; null where it has none. */
export interface ComparedNetworks {
  /** The deepest plain network, one that something is compared with before one that stands alone. */
  readonly plain: number | null
  /** The shallowest plain network of which it is a deeper version. */
  readonly reference: number | null
  /** The plain network with something that may make it train: shortcuts, or else another remedy. */
  readonly twin: number | null
}

interface Candidate {
  readonly curve: CurveSpec
  readonly index: number
}

/**
 * The plain network, its shallower version and its twin. Degradation is about depth and nothing else (He et al. 2015, section 1), so
 * the two plain networks agree in all but their number of blocks.
 */
export const comparedNetworks = (networks: readonly CurveSpec[]): ComparedNetworks => {
  const candidates = networks.map((curve, index) => ({ curve, index }))
  const choices = candidates
    .filter(({ curve }) => curve.shortcut === 'none')
    .map((plain) => ({
      plain,
      reference: referenceOf(plain, candidates),
      twin: twinOf(plain, candidates),
    }))
  const rank = ({ plain, reference, twin }: (typeof choices)[number]): readonly number[] => [
    reference === null ? 0 : plain.curve.depth,
    twin === null ? 0 : twinRank(plain.curve, twin.curve),
    plain.curve.depth,
  ]
  // A stable sort: of equal ones the first in the experiment counts.
  const best = [...choices].sort((a, b) => compareLists(rank(b), rank(a)))[0]
  return {
    plain: best?.plain.index ?? null,
    reference: best?.reference?.index ?? null,
    twin: best?.twin?.index ?? null,
  }
}

const compareLists = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** What a network is made of but for its shortcut, how its weights start and its batch norm: its layers. */
const sameLayers = (a: CurveSpec, b: CurveSpec): boolean =>
  equalData(blocksPerStageOf(a), blocksPerStageOf(b)) && sameBlocks(a, b)

const sameBlocks = (a: CurveSpec, b: CurveSpec): boolean => {
  const [left, right] = [optionsOf(a), optionsOf(b)]
  if (left.block !== right.block) return false
  return (
    left.block !== 'resnext' ||
    (left.cardinality === right.cardinality && left.groupWidth === right.groupWidth)
  )
}

const sameBatchNorm = (a: CurveSpec, b: CurveSpec): boolean =>
  optionsOf(a).batchNorm === optionsOf(b).batchNorm

const sameInitialisation = (a: CurveSpec, b: CurveSpec): boolean =>
  optionsOf(a).initialisation === optionsOf(b).initialisation

/** Without shortcuts every order is the same chain of layers, so the order of a plain network is left out of account. */
const isShallowerVersion = (shallow: CurveSpec, deep: CurveSpec): boolean => {
  const [few, many] = [blocksPerStageOf(shallow), blocksPerStageOf(deep)]
  return (
    shallow.shortcut === 'none' &&
    shallow.depth < deep.depth &&
    few.length === many.length &&
    few.every((blocks, stage) => blocks <= (many[stage] ?? 0)) &&
    sameBlocks(shallow, deep) &&
    sameBatchNorm(shallow, deep) &&
    sameInitialisation(shallow, deep)
  )
}

const referenceOf = (plain: Candidate, candidates: readonly Candidate[]): Candidate | null =>
  candidates
    .filter(({ curve }) => isShallowerVersion(curve, plain.curve))
    .sort((a, b) => a.curve.depth - b.curve.depth)[0] ?? null

/** The nearer a network is to the plain one but for what it adds, the better a twin; 0 is none. */
const twinRank = (plain: CurveSpec, other: CurveSpec): number => {
  if (!sameLayers(plain, other)) return 0
  const differences = Number(!sameBatchNorm(plain, other)) + Number(!sameInitialisation(plain, other))
  // A plain network is a twin only with a remedy of its own, and the standard one is not the remedy.
  if (other.shortcut === 'none') return differences === 1 && isStandard(plain) ? 1 : 0
  return 4 - differences
}

const isStandard = (curve: CurveSpec): boolean => {
  const { batchNorm, initialisation } = optionsOf(curve)
  return batchNorm && initialisation === 'he'
}

const twinOf = (plain: Candidate, candidates: readonly Candidate[]): Candidate | null =>
  candidates
    .map((other) => ({ other, rank: twinRank(plain.curve, other.curve) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0]?.other ?? null
