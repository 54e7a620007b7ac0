import type { ConvOperation, NetworkPlan } from '../../domain/networkPlan.ts'
import type { CombinedOperation } from '../combinedOperations.ts'
import { cellAt, type Partials } from './partials.ts'
import { filterCellOf, filterCells } from './shaders/filterGradientShader.ts'
import { classBlocksOf } from './shaders/headShaders.ts'
import { entryNamed, type StateEntry, type StateLayout } from './stateLayout.ts'

export interface LookupRequest {
  readonly layout: StateLayout
  readonly plan: NetworkPlan
  readonly operations: readonly CombinedOperation[]
  /** Where the gradient of each tensor is summed. */
  readonly places: ReadonlyMap<string, Partials>
  /** Where the statistics of each normalisation are. */
  readonly moments: ReadonlyMap<string, Partials>
  /** Of a launch over activations. */
  readonly renderTargets: number
}

/** What the shaders over the state look up: see `stateShaders`. Two layers, one after the other. */
export const buildLookup = (request: LookupRequest): Float32Array => {
  const { layout, operations, plan, places, moments, renderTargets } = request
  const texels = layout.width * layout.lines
  const lookup = new Float32Array(2 * texels * 4)
  const place = (texel: number, partials: Partials, cell: number, target: number, mask: number): void => {
    const { x, y } = cellAt(partials, cell)
    lookup.set([x, y, partials.parts, target + 8 * mask + 128 * partials.lines], 4 * texel)
  }
  const masksOf = ({ floats }: StateEntry): ReadonlyMap<number, number> => {
    const masks = new Map<number, number>()
    for (const at of floats) masks.set(at >> 2, (masks.get(at >> 2) ?? 0) | (1 << (at & 3)))
    return masks
  }
  const placeVector = (name: string, target: number, firstCell = 0): void => {
    const partials = places.get(name)
    if (partials === undefined) return
    const entry = entryNamed(layout, name)
    for (const [texel, mask] of masksOf(entry))
      place(texel, partials, firstCell + texel - entry.first, target, mask)
  }
  const placeKernel = (conv: ConvOperation): void => {
    const partials = places.get(conv.name)
    if (partials === undefined) throw new Error(`The backward pass computes no gradient of ${conv.name}.`)
    const entry = entryNamed(layout, conv.name)
    const taps = conv.kernelSize ** 2
    const { cellsInRun } = filterCells(conv.kernelSize, renderTargets)
    for (const [texel, mask] of masksOf(entry)) {
      const at = texel - entry.first
      const run = Math.floor(at / (4 * taps))
      const { cell, target } = filterCellOf(conv.kernelSize, renderTargets, Math.floor(at / 4) % taps, at % 4)
      place(texel, partials, run * cellsInRun + cell, target, mask)
    }
  }
  const placeStatistics = (name: string, side: number, block: number | null): void => {
    const partials = moments.get(name)
    if (partials === undefined) return
    const ofShortcut = name.includes('.projection.') && block !== null ? block + 1 : 0
    for (const [kind, moment] of ['mean', 'variance'].entries()) {
      const entry = entryNamed(layout, `${name}.${moment}`)
      for (const [texel, mask] of masksOf(entry)) {
        place(texel, partials, texel - entry.first, 0, mask)
        lookup.set([kind + 1, ofShortcut, side ** 2, partials.imagesInPart], 4 * (texels + texel))
      }
    }
  }

  for (const operation of operations) {
    switch (operation.kind) {
      case 'conv':
        placeKernel(operation)
        break
      case 'combine': {
        const { norm } = operation
        if (norm === null) break
        placeVector(`${norm.name}.beta`, 0)
        placeVector(`${norm.name}.gamma`, 1)
        placeStatistics(norm.name, norm.side, norm.block)
        break
      }
      case 'gate':
      case 'multiplier':
        placeVector(operation.name, 0)
        break
      case 'head': {
        const { kernelName, biasName, inputChannels } = operation.dense
        const channelBlocks = Math.ceil(inputChannels / 4)
        const partials = places.get(kernelName)
        const entry = entryNamed(layout, kernelName)
        if (partials === undefined)
          throw new Error(`The backward pass computes no gradient of ${kernelName}.`)
        for (const [texel, mask] of masksOf(entry)) {
          const at = texel - entry.first
          place(texel, partials, Math.floor(at / 4), at % 4, mask)
        }
        placeVector(biasName, 0, channelBlocks * classBlocksOf(plan.spec.classes))
        break
      }
      case 'subsample-pad':
      case 'dropout':
      case 'gated-add':
        break
      default:
        operation satisfies never
    }
  }
  return lookup
}

/** What the texture `dirac` holds: see `stateShaders`. */
export const buildDiracRoles = (layout: StateLayout, { operations }: NetworkPlan): Float32Array => {
  const roles = new Float32Array(layout.width * layout.lines * 4)
  for (const conv of operations) {
    if (conv.kind !== 'conv' || conv.kernel !== 'dirac') continue
    const kernel = entryNamed(layout, conv.name)
    const identity = entryNamed(layout, `${conv.name}.identity`)
    const scale = entryNamed(layout, `${conv.name}.scale`)
    const taps = conv.kernelSize ** 2
    const outputBlocks = Math.ceil(conv.outputChannels / 4)
    const ofOutput = kernel.texels / outputBlocks
    for (let block = 0; block < outputBlocks; block++) {
      const first = kernel.first + block * ofOutput
      roles.set([first, ofOutput, 0, 2], 4 * (identity.first + block))
      roles.set([first, ofOutput, 0, 3], 4 * (scale.first + block))
      for (let texel = first; texel < first + ofOutput; texel++)
        roles.set([identity.first + block, scale.first + block, 0, 1], 4 * texel)
    }
    // The identity: channel i of each group goes on as channel i, at the centre.
    const centre = (taps - 1) / 2
    const inputs = conv.inputChannels / conv.groups
    const outputs = conv.outputChannels / conv.groups
    for (let channel = 0; channel < conv.outputChannels; channel++) {
      const input = channel % outputs
      if (input >= inputs) continue
      const float = kernel.floats[(centre * inputs + input) * conv.outputChannels + channel] ?? 0
      const mask = 4 * (float >> 2) + 2
      roles[mask] = (roles[mask] ?? 0) + 2 ** (float & 3)
    }
  }
  return roles
}
