import { normEpsilon } from '../../normConstants.ts'
import { layersOf, type Tile } from '../grid.ts'
import { type Addend, addedFactorText, addendSamplers, addendUniforms } from './addend.ts'
import {
  blockUniforms,
  blockVaryings,
  blockVertex,
  decodePart,
  factorOf,
  foldMoments,
  partialsAt,
  partsUniforms,
  stateAt,
  strengthOf,
} from './blocks.ts'
import { timesValid, validity } from './gridText.ts'
import { float, repeat, type SamplerKind, type Shader, type UniformKind, wholeVertex } from './shader.ts'

const epsilon = `const float epsilon = ${float(normEpsilon)};`

/** Uniforms by which a fragment finds its pixels: (tiles across, tiles down, side, block width, …) of a grid, and its blocks across. */
const placeUniforms = { place: 'ivec4', placeBlocks: 'ivec2' } as const satisfies Record<string, UniformKind>

/** Of a part's images, cells being channel blocks: declares `tiles` of an image, and `origin`, the texel of the block's first. */
const beginTiles = `  int tiles = place.x * place.y;
  int block = network * cells + cell;
  ivec2 origin = ivec2((block % placeBlocks.x) * place.w, (block / placeBlocks.x) * placeBlocks.y);`

/** Over the tiles of a part's images: `body` sees `at` (texel) and `valid0` …. Follows `decodePart` and `beginTiles`. */
const overTiles = (
  tile: Tile,
  isPadded: boolean,
  body: string,
): string => `  for (int i = firstImage * tiles; i < endImage * tiles; i++) {
    ivec2 at = origin + ivec2(i % place.w, i / place.w);
${validityAt(tile, isPadded, 'i')}
${body}
  }`

/** Declares `valid0` … of the tile at a position of its block. */
const validityAt = (tile: Tile, isPadded: boolean, position: string): string =>
  isPadded
    ? `    int tileColumn = ${position} % place.x;
    int tileRow = (${position} / place.x) % place.y;
${validity({ tile, isPadded }, 'place.z')}`
    : ''

/** In a shader that is drawn in blocks: declares the `position` of the fragment's tile in its block. */
const decodePosition = `  int block = network * blocks.w + channelBlock;
  ivec2 inBlock = at - ivec2(block % placeBlocks.x, block / placeBlocks.x) * ivec2(place.w, placeBlocks.y);
  int position = inBlock.y * place.w + inBlock.x;`

/** Mean and sum of squared differences from it, of the images of each part, by channel; `counts` as in `foldMoments`. */
export const batchMoments = (tile: Tile, isPadded: boolean): Shader => ({
  name: 'statistics of a batch',
  samplers: { x: 'stack' },
  uniforms: { ...partsUniforms, ...placeUniforms },
  targets: 2,
  vertex: wholeVertex,
  fragment: `void main() {
${decodePart}
  vec4 sum = vec4(0.0), squares = vec4(0.0), difference;
${beginTiles}
  int firstTile = firstImage * tiles;
  // About one of the values: the difference of two large sums would lose the variance's digits.
  vec4 pivot = texelFetch(x, ivec3(origin + ivec2(firstTile % place.w, firstTile / place.w), 0), 0);
${overTiles(
  tile,
  isPadded,
  repeat(
    layersOf(tile),
    (t) =>
      `    difference = (texelFetch(x, ivec3(at, ${t}), 0) - pivot)${timesValid({ isPadded }, t)}; sum += difference; squares += difference * difference;`,
  ),
)}
  float count = float((endImage - firstImage) * counts.z);
  o0 = pivot + sum / count;
  o1 = max(squares - sum * sum / count, vec4(0.0));
}`,
})

/** What is read where: see `combine`. */
export interface CombineVariant {
  readonly tile: Tile
  readonly isPadded: boolean
  readonly hasNorm: boolean
  /** The shortcut of the same shape, or every second pixel of a larger one. */
  readonly shortcut: 'same' | 'subsampled' | null
  readonly relu: boolean
}

/**
 * `norm`: texels of gamma, beta, mean and variance of the network; `row`: its lines, a line's texels; `momentsAt`: where the batch's own
 * statistics are, in no parts where those of the texture `statistics` are to be used: one program for both.
 */
const normUniforms = {
  norm: 'ivec4',
  row: 'ivec2',
  momentsAt: 'ivec4',
  counts: 'ivec3',
} as const satisfies Record<string, UniformKind>

const normFunctions = [epsilon, stateAt, partialsAt, foldMoments].join('\n')

const perBlockNorm = `  vec4 mean, variance;
  if (momentsAt.w > 0) {
    foldMoments(partialsAt(momentsAt, network, channelBlock), momentsAt.w, counts, mean, variance);
  } else {
    mean = texelFetch(statistics, stateAt(norm.z + channelBlock, row, network), 0);
    variance = texelFetch(statistics, stateAt(norm.w + channelBlock, row, network), 0);
  }
  scale = texelFetch(values, stateAt(norm.x + channelBlock, row, network), 0) / sqrt(variance + epsilon);
  shift = texelFetch(values, stateAt(norm.y + channelBlock, row, network), 0) - mean * scale;`

/**
 * Uniform `addition`: (residual scale, shortcut scale, block): (1 + strength · (residual scale − 1)) · x + strength · shortcut scale ·
 * shortcut. `read`: of a larger shortcut (tiles across, tiles down, block width, channel blocks); `readBlocks`: (blocks across, block height).
 */
export const combine = ({ tile, isPadded, hasNorm, shortcut, relu }: CombineVariant): Shader => {
  const isPlaced = isPadded || shortcut === 'subsampled'
  const varyings = [
    hasNorm ? 'flat vec4 scale; flat vec4 shift;' : '',
    shortcut === null ? '' : 'flat vec2 factors;',
  ].join('\n')
  const value = (t: number): string => `texelFetch(x, ivec3(at, ${t}), 0)${hasNorm ? ' * scale + shift' : ''}`
  return {
    name: [hasNorm ? 'normalisation' : 'values', shortcut, relu ? 'ReLU' : null]
      .filter((part) => part !== null)
      .join(', '),
    samplers: {
      x: 'stack',
      ...(hasNorm ? { values: 'plane', moments: 'stack', statistics: 'plane' } : {}),
      ...(shortcut === null ? {} : { shortcut: 'stack', strengths: 'plane' }),
    },
    uniforms: {
      ...blockUniforms,
      ...(hasNorm ? normUniforms : {}),
      ...(shortcut === null ? {} : { addition: 'vec4' }),
      ...(isPlaced ? placeUniforms : {}),
      ...(shortcut === 'subsampled' ? { read: 'ivec4', readBlocks: 'ivec2', readStride: 'int' } : {}),
    },
    targets: layersOf(tile),
    vertex: `${hasNorm ? normFunctions : ''}
${shortcut === null ? '' : strengthOf}
${blockVertex(
  varyings,
  `${hasNorm ? perBlockNorm : ''}
${
  shortcut === null
    ? ''
    : `  float strength = strengthOf(int(addition.z), network);
  factors = vec2(1.0 + strength * (addition.x - 1.0), strength * addition.y);`
}`,
)}`,
    fragment: `${blockVaryings(varyings)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
${isPlaced ? decodePosition : ''}
${validityAt(tile, isPadded, 'position')}
${repeat(layersOf(tile), (t) => `  vec4 a${t} = ${value(t)};`)}
${
  shortcut === null
    ? ''
    : `  if (factors.x != 1.0) {
${repeat(layersOf(tile), (t) => `    a${t} *= factors.x;`)}
  }
  if (factors.y != 0.0) {
${shortcut === 'same' ? repeat(layersOf(tile), (t) => `    a${t} += factors.y * texelFetch(shortcut, ivec3(at, ${t}), 0);`) : subsampledShortcut(tile)}
  }`
}
${repeat(layersOf(tile), (t) => {
  // Not max: it may make 0 of what is no number, and hide a network that broke.
  const rectified = relu ? `mix(a${t}, vec4(0.0), lessThan(a${t}, vec4(0.0)))` : `a${t}`
  return `  o${t} = ${rectified}${timesValid({ isPadded }, t)};`
})}
}`,
  }
}

const subsampledShortcut = ({ width, height }: Tile): string => `    if (channelBlock < read.w) {
      int tilesHere = place.x * place.y;
      int image = position / tilesHere;
      int inImage = position - image * tilesHere;
      int row0 = (inImage / place.x) * ${height} * readStride, column0 = (inImage % place.x) * ${width} * readStride;
      int readBlock = network * read.w + channelBlock;
      ivec2 origin = ivec2((readBlock % readBlocks.x) * read.z, (readBlock / readBlocks.x) * readBlocks.y);
      int line, i, column;
${repeat(
  width * height,
  (
    t,
  ) => `      line = row0 + ${Math.floor(t / width)} * readStride; column = column0 + ${t % width} * readStride;
      i = (image * read.y + line / ${height}) * read.x + column / ${width};
      a${t} += factors.y * texelFetch(shortcut, ivec3(origin + ivec2(i % read.z, i / read.z), (line % ${height}) * ${width} + column % ${width}), 0);`,
)}
    }`

/**
 * How the gradient that comes to a normalisation is masked by the ReLU behind it: not at all; by its output, which is read; or by what is
 * computed anew where nothing was added before the ReLU.
 */
export type Mask = 'none' | 'read' | 'recomputed'

export interface NormGradientVariant {
  readonly tile: Tile
  readonly isPadded: boolean
  readonly mask: Mask
  /** Times the factor of the residual function, in scaled shortcuts. */
  readonly isScaled: boolean
}

const gradientSamplers = ({
  mask,
  isScaled,
}: NormGradientVariant): Readonly<Record<string, SamplerKind>> => ({
  dy: 'stack',
  x: 'stack',
  ...(mask === 'read' ? { maskedBy: 'stack' } : {}),
  values: 'plane',
  moments: 'stack',
  ...(isScaled ? { strengths: 'plane' } : {}),
})

/** `factor`: see `factorOf`. */
const gradientUniforms = ({ isScaled }: NormGradientVariant): Readonly<Record<string, UniformKind>> => ({
  ...normUniforms,
  ...(isScaled ? { factor: 'vec4' } : {}),
})

const gradientVaryings = `flat vec4 mean;
flat vec4 inverseDeviation;
flat vec4 scale;
flat vec4 shift;
flat float times;`

const perBlockGradient = ({ isScaled }: NormGradientVariant): string => `  vec4 variance;
  foldMoments(partialsAt(momentsAt, network, channelBlock), momentsAt.w, counts, mean, variance);
  inverseDeviation = 1.0 / sqrt(variance + epsilon);
  scale = texelFetch(values, stateAt(norm.x + channelBlock, row, network), 0) * inverseDeviation;
  shift = texelFetch(values, stateAt(norm.y + channelBlock, row, network), 0) - mean * scale;
  times = ${isScaled ? 'factorOf(factor, network)' : '1.0'};`

const gradientFunctions = (isScaled: boolean): string =>
  [normFunctions, ...(isScaled ? [strengthOf, factorOf] : [])].join('\n')

/** Sets `d` and `centred` of a target. */
const gradientOf = ({ mask, isScaled, isPadded }: NormGradientVariant, target: number): string => {
  const read = (sampler: string): string => `texelFetch(${sampler}, ivec3(at, ${target}), 0)`
  const masked = {
    none: '',
    read: ` * vec4(greaterThan(${read('maskedBy')}, vec4(0.0)))`,
    recomputed: ' * vec4(greaterThan(value * scale + shift, vec4(0.0)))',
  }[mask]
  return `value = ${read('x')}; centred = value - mean; d = ${read('dy')}${masked}${isScaled ? ' * times' : ''}${timesValid({ isPadded }, target)};`
}

/** Gradients of beta (target 0) and gamma (target 1), in parts. */
export const normGradientSums = (variant: NormGradientVariant): Shader => ({
  name: 'gradient of a normalisation, sums',
  samplers: gradientSamplers(variant),
  uniforms: { ...partsUniforms, ...placeUniforms, ...gradientUniforms(variant) },
  targets: 2,
  vertex: wholeVertex,
  fragment: `${gradientFunctions(variant.isScaled)}
void main() {
${decodePart}
${beginTiles}
  int channelBlock = cell;
  ${gradientVaryings.replaceAll('flat ', '')}
  vec4 sum = vec4(0.0), product = vec4(0.0), d, value, centred;
  if (isCell) {
${perBlockGradient(variant)}
  }
${overTiles(
  variant.tile,
  variant.isPadded,
  repeat(layersOf(variant.tile), (t) => `    ${gradientOf(variant, t)} sum += d; product += d * centred;`),
)}
  o0 = sum;
  o1 = product * inverseDeviation;
}`,
})

/** `sumsAt`: where the parts of `normGradientSums` lie. dx = γ/σ · (dy − Σdy/M − x̂ · Σ(dy·x̂)/M). */
export const normGradient = (
  variant: NormGradientVariant,
  addend: Pick<Addend, 'isMasked' | 'isScaled'> | null,
): Shader => {
  const { tile, isPadded } = variant
  const addedVaryings = addend === null ? '' : '\nflat float addedTimes;'
  const varyings = `${gradientVaryings}
flat vec4 meanSum;
flat vec4 meanProduct;${addedVaryings}`
  return {
    name: 'gradient of a normalisation',
    samplers: {
      ...gradientSamplers(variant),
      sums: 'stack',
      ...addendSamplers(addend),
    },
    uniforms: {
      ...blockUniforms,
      ...gradientUniforms(variant),
      sumsAt: 'ivec4',
      ...(isPadded ? placeUniforms : {}),
      ...addendUniforms(addend),
    },
    targets: layersOf(tile),
    vertex: `${gradientFunctions(variant.isScaled || addend?.isScaled === true)}
${blockVertex(
  varyings,
  `${perBlockGradient(variant)}
  ivec2 at = partialsAt(sumsAt, network, channelBlock);
  meanSum = vec4(0.0);
  meanProduct = vec4(0.0);
  for (int p = 0; p < sumsAt.w; p++) {
    meanSum += texelFetch(sums, ivec3(at.x + p, at.y, 0), 0);
    meanProduct += texelFetch(sums, ivec3(at.x + p, at.y, 1), 0);
  }
  float total = float(counts.x * counts.z);
  meanSum /= total;
  meanProduct *= inverseDeviation / total;
${addend === null ? '' : `  addedTimes = ${addedFactorText(addend)};`}`,
)}`,
    fragment: `${blockVaryings(varyings)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
${isPadded ? decodePosition : ''}
${validityAt(tile, isPadded, 'position')}
  vec4 d, value, centred;
${repeat(layersOf(tile), (t) => {
  const added =
    addend === null
      ? ''
      : ` + addedTimes * texelFetch(added, ivec3(at, ${t}), 0)${addend.isMasked ? ` * vec4(greaterThan(texelFetch(addedMask, ivec3(at, ${t}), 0), vec4(0.0)))` : ''}`
  return `  ${gradientOf(variant, t)} o${t} = (scale * (d - meanSum - centred * meanProduct)${added})${timesValid({ isPadded }, t)};`
})}
}`,
  }
}

/** Sums over the pixels of each part, by channel: of `x`, or of `x` times `other`. */
export const channelSums = (tile: Tile, hasOther: boolean): Shader => ({
  name: 'sums by channel',
  samplers: { x: 'stack', ...(hasOther ? { other: 'stack' as const } : {}) },
  uniforms: { ...partsUniforms, ...placeUniforms },
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
${decodePart}
${beginTiles}
  vec4 sum = vec4(0.0);
${overTiles(
  tile,
  false,
  // Outside the image both hold zeros.
  repeat(
    layersOf(tile),
    (t) =>
      `    sum += texelFetch(x, ivec3(at, ${t}), 0)${hasOther ? ` * texelFetch(other, ivec3(at, ${t}), 0)` : ''};`,
  ),
)}
  o0 = sum;
}`,
})
