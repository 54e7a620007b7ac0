import type { Tile } from '../grid.ts'
import { layersOf } from '../grid.ts'
import {
  blockUniforms,
  blockVaryings,
  blockVertex,
  decodePart,
  foldMoments,
  partialsAt,
  partialsUniforms,
  strengthOf,
} from './blocks.ts'
import { repeat, type SamplerKind, type Shader, type UniformKind, wholeVertex } from './shader.ts'

/** Added to every variance (Ioffe & Szegedy 2015; He et al.'s value). */
const epsilon = 'const float epsilon = 1e-5;'

/** Uniforms by which a fragment finds its pixels: (tiles across, tiles down, side, block width, …) of a grid, and its blocks across. */
const placeUniforms = { place: 'ivec4', placeBlocks: 'ivec2' } as const satisfies Record<string, UniformKind>

/** Over the tiles of a part's images: `body` sees `at` (texel) and `inside0` … (1, or 0 outside the image). Follows `decodePart`. */
const overTiles = (tile: Tile, isPadded: boolean, body: string): string => `  int tiles = place.x * place.y;
  int firstImage = part * counts.y;
  int end = isCell ? min(firstImage + counts.y, counts.x) * tiles : 0;
  int block = network * channelBlocks + channelBlock;
  ivec2 origin = ivec2((block % placeBlocks.x) * place.w, (block / placeBlocks.x) * placeBlocks.y);
  for (int i = firstImage * tiles; i < end; i++) {
    ivec2 at = origin + ivec2(i % place.w, i / place.w);
${isPadded ? insideText(tile, 'i') : ''}
${body}
  }`

/** Declares `inside0` …. */
const insideText = (
  { width, height }: Tile,
  position: string,
): string => `    int tileColumn = (${position}) % place.x;
    int tileRow = ((${position}) / place.x) % place.y;
${repeat(
  width * height,
  (t) =>
    `    float inside${t} = tileRow * ${height} + ${Math.floor(t / width)} < place.z && tileColumn * ${width} + ${t % width} < place.z ? 1.0 : 0.0;`,
)}`

const timesInside = (isPadded: boolean, target: number): string => (isPadded ? ` * inside${target}` : '')

/** Mean and sum of squared differences from it, of the images of each part, by channel; `counts` as in `foldMoments`. */
export const batchMoments = (tile: Tile, isPadded: boolean): Shader => ({
  name: 'statistics of a batch',
  samplers: { x: 'stack' },
  uniforms: { ...partialsUniforms, ...placeUniforms, counts: 'ivec3' },
  targets: 2,
  vertex: wholeVertex,
  fragment: `void main() {
${decodePart}
  vec4 sum = vec4(0.0), squares = vec4(0.0), difference;
  int firstTile = part * counts.y * place.x * place.y;
  int pivotBlock = network * channelBlocks + channelBlock;
  ivec2 pivotAt = ivec2((pivotBlock % placeBlocks.x) * place.w, (pivotBlock / placeBlocks.x) * placeBlocks.y) + ivec2(firstTile % place.w, firstTile / place.w);
  // About one of the values: the difference of two large sums would lose the variance's digits.
  vec4 pivot = texelFetch(x, ivec3(pivotAt, 0), 0);
${overTiles(
  tile,
  isPadded,
  repeat(
    layersOf(tile),
    (t) =>
      `    difference = (texelFetch(x, ivec3(at, ${t}), 0) - pivot)${timesInside(isPadded, t)}; sum += difference; squares += difference * difference;`,
  ),
)}
  float count = float((min(firstImage + counts.y, counts.x) - firstImage) * counts.z);
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

/** A texel of a network's flat vector. */
const vectorAt = `ivec2 vectorAt(int index, int network) {
  return ivec2(index % row.y, network * row.x + index / row.y);
}`

const normFunctions = [epsilon, vectorAt, partialsAt, foldMoments].join('\n')

const perBlockNorm = `  vec4 mean, variance;
  if (momentsAt.w > 0) {
    foldMoments(partialsAt(momentsAt, network, channelBlock), momentsAt.w, counts, mean, variance);
  } else {
    mean = texelFetch(statistics, vectorAt(norm.z + channelBlock, network), 0);
    variance = texelFetch(statistics, vectorAt(norm.w + channelBlock, network), 0);
  }
  scale = texelFetch(values, vectorAt(norm.x + channelBlock, network), 0) / sqrt(variance + epsilon);
  shift = texelFetch(values, vectorAt(norm.y + channelBlock, network), 0) - mean * scale;`

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
${isPlaced ? `  int block = network * blocks.w + channelBlock;\n  ivec2 inBlock = at - ivec2(block % placeBlocks.x, block / placeBlocks.x) * ivec2(place.w, placeBlocks.y);\n  int position = inBlock.y * place.w + inBlock.x;` : ''}
${isPadded ? insideText(tile, 'position') : ''}
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
  return `  o${t} = ${rectified}${timesInside(isPadded, t)};`
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

/** `factor`: x + y · strength of block z. */
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
  scale = texelFetch(values, vectorAt(norm.x + channelBlock, network), 0) * inverseDeviation;
  shift = texelFetch(values, vectorAt(norm.y + channelBlock, network), 0) - mean * scale;
  times = ${isScaled ? 'factor.x + factor.y * strengthOf(int(factor.z), network)' : '1.0'};`

const gradientFunctions = ({ isScaled }: NormGradientVariant): string =>
  [normFunctions, isScaled ? strengthOf : ''].join('\n')

/** Sets `d` and `centred` of a target. */
const gradientOf = ({ mask, isScaled, isPadded }: NormGradientVariant, target: number): string => {
  const read = (sampler: string): string => `texelFetch(${sampler}, ivec3(at, ${target}), 0)`
  const masked = {
    none: '',
    read: ` * vec4(greaterThan(${read('maskedBy')}, vec4(0.0)))`,
    recomputed: ' * vec4(greaterThan(value * scale + shift, vec4(0.0)))',
  }[mask]
  return `value = ${read('x')}; centred = value - mean; d = ${read('dy')}${masked}${isScaled ? ' * times' : ''}${timesInside(isPadded, target)};`
}

/** Gradients of beta (target 0) and gamma (target 1), in parts. */
export const normGradientSums = (variant: NormGradientVariant): Shader => ({
  name: 'gradient of a normalisation, sums',
  samplers: gradientSamplers(variant),
  uniforms: { ...partialsUniforms, ...placeUniforms, ...gradientUniforms(variant) },
  targets: 2,
  vertex: wholeVertex,
  fragment: `${gradientFunctions(variant)}
void main() {
${decodePart}
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
  addend: { readonly isMasked: boolean; readonly isScaled: boolean } | null,
): Shader => {
  const { tile, isPadded } = variant
  const addedVaryings = addend === null ? '' : '\nflat float addedTimes;'
  const varyings = `${gradientVaryings}
flat vec4 meanSum;
flat vec4 meanProduct;${addedVaryings}`
  const needsStrength = !variant.isScaled && addend?.isScaled === true
  return {
    name: 'gradient of a normalisation',
    samplers: {
      ...gradientSamplers(variant),
      sums: 'stack',
      ...(addend === null ? {} : { added: 'stack' }),
      ...(addend?.isMasked === true ? { addedMask: 'stack' } : {}),
      ...(needsStrength ? { strengths: 'plane' } : {}),
    },
    uniforms: {
      ...blockUniforms,
      ...gradientUniforms(variant),
      sumsAt: 'ivec4',
      ...(isPadded ? placeUniforms : {}),
      ...(addend?.isScaled === true ? { addedFactor: 'vec4' } : {}),
    },
    targets: layersOf(tile),
    vertex: `${gradientFunctions(variant)}
${needsStrength ? strengthOf : ''}
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
${addend === null ? '' : `  addedTimes = ${addend.isScaled ? 'addedFactor.x + addedFactor.y * strengthOf(int(addedFactor.z), network)' : '1.0'};`}`,
)}`,
    fragment: `${blockVaryings(varyings)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
${isPadded ? `  int block = network * blocks.w + channelBlock;\n  ivec2 inBlock = at - ivec2(block % placeBlocks.x, block / placeBlocks.x) * ivec2(place.w, placeBlocks.y);\n${insideText(tile, 'inBlock.y * place.w + inBlock.x')}` : ''}
  vec4 d, value, centred;
${repeat(layersOf(tile), (t) => {
  const added =
    addend === null
      ? ''
      : ` + addedTimes * texelFetch(added, ivec3(at, ${t}), 0)${addend.isMasked ? ` * vec4(greaterThan(texelFetch(addedMask, ivec3(at, ${t}), 0), vec4(0.0)))` : ''}`
  return `  ${gradientOf(variant, t)} o${t} = (scale * (d - meanSum - centred * meanProduct)${added})${timesInside(isPadded, t)};`
})}
}`,
  }
}

/** Sums over the pixels of each part, by channel: of `x`, or of `x` times `other`. */
export const channelSums = (tile: Tile, hasOther: boolean): Shader => ({
  name: 'sums by channel',
  samplers: { x: 'stack', ...(hasOther ? { other: 'stack' as const } : {}) },
  uniforms: { ...partialsUniforms, ...placeUniforms, counts: 'ivec3' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
${decodePart}
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
