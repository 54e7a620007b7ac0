import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { combinedOperations } from '../combinedOperations.ts'
import { layersOf } from './grid.ts'
import { type Buffer, bytesOf, type Launch } from './launch.ts'
import { buildLookup } from './lookup.ts'
import { type FusedLimits, PassPlanner } from './passPlanner.ts'
import { SharedTextures } from './placeBuffers.ts'
import { planBackward } from './planBackward.ts'
import { type ForwardPlan, planForward } from './planForward.ts'
import {
  collectStatistics,
  diracGradients,
  diracSums,
  foldGradients,
  update,
} from './shaders/stateShaders.ts'
import { type StateLayout, stateLayoutOf } from './stateLayout.ts'

/** What a group can be asked to draw, each a list of launches from a batch's indices on. */
export type PassName =
  | 'training'
  | 'differentiating'
  | 'observing'
  | 'collecting'
  | 'evaluating'
  | 'inferring'

/** One pass. */
export interface PassPlan {
  readonly launches: readonly Launch[]
  /** What is read when it is over. */
  readonly results: readonly Buffer[]
  readonly forward: ForwardPlan
}

/** All passes of networks of one shape over batches of one size. */
export interface GroupPlan {
  readonly layout: StateLayout
  readonly images: number
  readonly passes: Readonly<Record<PassName, PassPlan>>
  /** What the texture `lookup` holds. */
  readonly lookup: Float32Array
  /** The gradient of all parameters, when the pass `differentiating` is over. */
  readonly folded: Buffer
  /** What stays from pass to pass, by its label. */
  readonly keptNamed: (label: string) => Buffer
}

export interface GroupRequest {
  readonly plan: NetworkPlan
  readonly networks: number
  readonly images: number
  readonly limits: FusedLimits
}

/** Of the last groups: whether they fit, what they take and what is drawn is asked of the same plan. */
const lastPlans = new Map<string, GroupPlan>()
const mostPlans = 12

/** Throws a RangeError where the device's textures are too small. */
export const planGroup = (request: GroupRequest): GroupPlan => {
  const { plan, networks, images, limits } = request
  const key = JSON.stringify([plan.spec, networks, images, limits])
  const planned = lastPlans.get(key) ?? makePlan(request)
  lastPlans.delete(key)
  lastPlans.set(key, planned)
  const [oldest] = lastPlans.keys()
  if (lastPlans.size > mostPlans && oldest !== undefined) lastPlans.delete(oldest)
  return planned
}

const makePlan = (request: GroupRequest): GroupPlan => {
  const { maxTextureSide } = request.limits
  const layout = stateLayoutOf(request.plan, request.networks, maxTextureSide)
  // Shortcuts that are off are computed with strength 0: other networks of the group may have them on.
  const operations = combinedOperations(
    request.plan,
    request.plan.blocks.map(() => true),
  )
  const planner = new PassPlanner({ ...request, layout })
  const forward = planForward(planner, operations, 'batch', planner.keptNamed('values'))
  const upToLoss = planner.launches
  planner.launches = []
  const places = planBackward(planner, operations, forward)
  const backward = planner.launches
  const folded = planner.statePlane('gradient')
  const isDirac = operations.some((operation) => operation.kind === 'conv' && operation.kernel === 'dirac')
  const fold = planFold(planner, forward, folded, isDirac)
  const updated = planUpdate(planner, folded, isDirac)
  const both = [...upToLoss, ...backward]
  // A texture that is too tall would be none, and every gradient 0.
  if ([planner.gradients, planner.moments, planner.scalars].some(({ height }) => height > maxTextureSide))
    throw new RangeError('The sums that these networks need are too many for one texture of this device.')

  planner.launches = []
  planner.draw(
    collectStatistics,
    {
      collected: planner.keptNamed('collected'),
      lookup: planner.keptNamed('lookup'),
      moments: planner.keptNamed('moments'),
    },
    [planner.keptNamed('collected')],
    stateUniforms(planner),
  )
  const collected = planner.launches

  const given = (statistics: Buffer): PassPlan => {
    planner.launches = []
    const ofPass = planForward(planner, operations, 'given', statistics)
    return { launches: planner.launches, results: [ofPass.logits], forward: ofPass }
  }
  return {
    layout,
    images: request.images,
    folded,
    keptNamed: (label) => planner.keptNamed(label),
    lookup: buildLookup({
      layout,
      operations,
      plan: request.plan,
      places,
      moments: forward.moments,
      renderTargets: layersOf(planner.tile),
    }),
    passes: {
      training: { launches: [...both, ...(isDirac ? fold : []), ...updated], results: [], forward },
      differentiating: { launches: [...both, ...fold], results: [folded, forward.logits], forward },
      observing: {
        launches: upToLoss,
        results: [...forward.activations.values()].map(({ buffer }) => buffer),
        forward,
      },
      collecting: { launches: [...upToLoss, ...collected], results: [], forward },
      evaluating: given(planner.keptNamed('collected')),
      inferring: given(planner.keptNamed('values')),
    },
  }
}

const stateUniforms = ({ request: { layout, images } }: PassPlanner) => ({ lines: layout.lines, images })

const planFold = (
  planner: PassPlanner,
  { kernels: { norms } }: ForwardPlan,
  folded: Buffer,
  isDirac: boolean,
): readonly Launch[] => {
  planner.launches = []
  const { lines } = planner.request.layout
  const gradients = { lookup: planner.keptNamed('lookup'), gradients: planner.keptNamed('gradients') }
  if (!isDirac) {
    planner.draw(foldGradients, gradients, [folded], { lines })
    return planner.launches
  }
  const ofKernels = planner.statePlane('gradient of kernels')
  const sums = planner.statePlane('sums of gradients')
  const roles = { values: planner.keptNamed('values'), dirac: planner.keptNamed('dirac'), norms }
  planner.draw(foldGradients, gradients, [ofKernels], { lines })
  planner.draw(diracSums, { ...roles, folded: ofKernels }, [sums], { lines })
  planner.draw(diracGradients, { ...roles, folded: ofKernels, sums }, [folded], { lines })
  return planner.launches
}

const planUpdate = (planner: PassPlanner, folded: Buffer, isDirac: boolean): readonly Launch[] => {
  planner.launches = []
  const values = planner.keptNamed('values')
  const momentum = planner.keptNamed('momentum')
  planner.draw(
    update(isDirac),
    {
      values,
      momentum,
      lookup: planner.keptNamed('lookup'),
      ...(isDirac ? { folded } : { gradients: planner.keptNamed('gradients') }),
      moments: planner.keptNamed('moments'),
      strengths: planner.keptNamed('strengths'),
    },
    [values, momentum],
    stateUniforms(planner),
  )
  return planner.launches
}

/** GPU memory of a group while it trains and evaluates: of what stays, and of what shares textures; without the data set. */
export const groupBytes = ({ passes }: GroupPlan): number => {
  const { training, evaluating, collecting } = passes
  const kept = new Set(
    [training, evaluating, collecting].flatMap(({ launches }) =>
      launches
        .flatMap(({ inputs, outputs }) => [...Object.values(inputs), ...outputs])
        .filter(({ isKept, label }) => isKept && label !== 'images'),
    ),
  )
  const shared = new SharedTextures()
  for (const { launches, results } of [training, evaluating, collecting]) shared.place(launches, results)
  return (
    [...kept].reduce((sum, buffer) => sum + bytesOf(buffer), 0) +
    shared.textures.reduce((sum, buffer) => sum + bytesOf(buffer), 0)
  )
}
