import {
  activationOrders,
  blockTypes,
  defaultOptions,
  evenStages,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { count, number, type Table } from './metadata.ts'
import { BadFixture } from './safetensors.ts'

/**
 * The network of a fixture: three equal stages of `blocksPerStage` blocks. What a file may leave out is as in `defaultOptions`;
 * how the weights start is not asked, for a fixture holds them. Throws `BadFixture` where something is unknown or missing.
 */
export const readSpec = (spec: Table): NetworkSpec => {
  const blocks = count(spec, 'blocksPerStage')
  const optional = (key: 'residualScale' | 'shortcutScale' | 'dropRate'): number =>
    spec[key] === undefined ? defaultOptions[key] : number(spec, key)
  const optionalCount = (key: 'cardinality' | 'groupWidth'): number =>
    spec[key] === undefined ? defaultOptions[key] : count(spec, key)
  return {
    ...defaultOptions,
    block: oneOf(blockTypes, spec, 'block'),
    order: oneOf(activationOrders, spec, 'order'),
    shortcut: oneOf(shortcutTypes, spec, 'shortcut'),
    stem: 'small',
    blocksPerStage: Array.from({ length: evenStages }, () => blocks),
    width: count(spec, 'width'),
    imageSize: count(spec, 'imageSize'),
    channels: count(spec, 'channels'),
    classes: count(spec, 'classes'),
    cardinality: optionalCount('cardinality'),
    groupWidth: optionalCount('groupWidth'),
    residualScale: optional('residualScale'),
    shortcutScale: optional('shortcutScale'),
    dropRate: optional('dropRate'),
  }
}

const oneOf = <T extends string>(known: readonly T[], spec: Table, key: string): T => {
  const value = known.find((candidate) => candidate === spec[key])
  if (value === undefined)
    throw new BadFixture(`Its ${key} ${JSON.stringify(spec[key])} is none of ${known.join(', ')}.`)
  return value
}
