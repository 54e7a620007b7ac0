import { type Architecture, architectures, cifarArchitecture } from './architectures.ts'
import { limits } from './limits.ts'
import { blocksInEvenStage, nearestDepths } from './networkSpec.ts'

export type Lookup =
  | { readonly ok: true; readonly architecture: Architecture }
  /** What was not understood and what there is, for people. */
  | { readonly ok: false; readonly sentence: string }

/** Other usual names, in the form of `bare`. */
const aliases: Readonly<Record<string, string>> = {
  resnext50: 'resnext50_32x4d',
  plainresnext50: 'plain-resnext50_32x4d',
  resnext101: 'resnext101_32x8d',
  wideresnet50: 'wide_resnet50_2',
}

/** A name without what people write in different ways: case, hyphens, spaces, the sign for times. */
const bare = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('×', 'x')
    .replace(/[^a-z0-9]/g, '')

/**
 * The architecture that a person means: `resnet50`, `ResNet-50`, `CIFAR-ResNet-56`. Any depth 6n + 2 makes a CIFAR network; without
 * `cifar-` it is one where the ImageNet family has none of that name.
 */
export const findArchitecture = (name: string): Lookup => {
  const wanted = bare(name)
  const wantedName = Object.hasOwn(aliases, wanted) ? aliases[wanted] : undefined
  const known = architectures.find((one) => one.name === wantedName || bare(one.name) === wanted)
  if (known !== undefined) return { ok: true, architecture: known }
  const [, family, kind, digits] = /^(cifar|cifar10)?(resnet|plain)(\d{1,6})a?$/.exec(wanted) ?? []
  if (kind === undefined || digits === undefined) return { ok: false, sentence: unknownSentence(name) }
  const depth = Number(digits)
  const { min, max } = limits.depth
  if (Number.isInteger(blocksInEvenStage('basic', depth)) && depth >= min && depth <= max)
    return { ok: true, architecture: cifarArchitecture(depth, kind === 'plain') }
  if (family === undefined) return { ok: false, sentence: unknownSentence(name) }
  const nearest = depth > max ? [max] : nearestDepths('basic', Math.max(min, depth))
  const names = nearest.map((one) => `cifar-${kind}${one}`).join(' and ')
  return {
    ok: false,
    sentence: `A CIFAR network has 6n + 2 layers, from ${min} to ${max}, not ${depth}; nearest: ${names}.`,
  }
}

const unknownSentence = (name: string): string => {
  const nearest = architectures
    .map((one) => ({ name: one.name, distance: editDistance(bare(name), bare(one.name)) }))
    .sort((a, b) => a.distance - b.distance)[0]
  const guess = nearest !== undefined && nearest.distance <= 3 ? ` Did you mean ${nearest.name}?` : ''
  const shown = name.length > 40 ? `${name.slice(0, 39)}…` : name
  const names = architectures.map((one) => one.name).join(', ')
  return `There is no architecture called "${shown}".${guess} There are ${names}; and cifar-resnetN and cifar-plainN for every N = 6n + 2.`
}

/** Letters to put in, take out or replace to get from one text to the other. */
const editDistance = (from: string, to: string): number => {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [row, letter] of [...from.slice(0, 64)].entries()) {
    const line = [row + 1]
    for (let column = 1; column <= to.length; column++)
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1),
        ),
      )
    above = line
  }
  return above.at(-1) ?? 0
}
