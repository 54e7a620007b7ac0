import type { UniformKind } from './shader.ts'

/** Uniforms of `blockVertex`: (block width, block height, blocks across, channel blocks of a network), and the texture's size. */
export const blockUniforms = { blocks: 'ivec4', extent: 'ivec2' } as const satisfies Record<
  string,
  UniformKind
>

/**
 * One rectangle for each block of a grid: instance number = network · channel blocks + channel block. What holds for all of a
 * block (`perBlock`, which may read textures: the normalisation's statistics) is computed at its corners and not for each fragment.
 */
export const blockVertex = (varyings: string, perBlock: string): string => `flat out int network;
flat out int channelBlock;
${varyings.replaceAll('flat ', 'flat out ')}
void main() {
  network = gl_InstanceID / blocks.w;
  channelBlock = gl_InstanceID - network * blocks.w;
  ivec2 cell = ivec2(gl_InstanceID % blocks.z, gl_InstanceID / blocks.z);
  ivec2 corner = (cell + ivec2(gl_VertexID & 1, gl_VertexID >> 1)) * blocks.xy;
  gl_Position = vec4(vec2(corner) / vec2(extent) * 2.0 - 1.0, 0.0, 1.0);
${perBlock}
}`

export const blockVaryings = (varyings: string): string => `flat in int network;
flat in int channelBlock;
${varyings.replaceAll('flat ', 'flat in ')}`

/**
 * Uniforms of `decodePart`: of a `Partials` its (top line, lines of a network, cells in a line, partial sums), and its cells; images, images of a
 * part, and pixels of an image where they matter.
 */
export const partsUniforms = {
  target: 'ivec4',
  cells: 'int',
  counts: 'ivec3',
} as const satisfies Record<string, UniformKind>

/**
 * Declares `network`, `cell` and `part` of a fragment in an atlas, and the images that it sums over, from `firstImage` to before `endImage`: none
 * behind the last cell, where nobody reads what is written.
 */
export const decodePart = `  ivec2 texel = ivec2(gl_FragCoord.xy) - ivec2(0, target.x);
  int network = texel.y / target.y;
  int cell = (texel.y - network * target.y) * target.z + texel.x / target.w;
  int part = texel.x % target.w;
  bool isCell = cell < cells && texel.x < target.z * target.w;
  int firstImage = part * counts.y;
  int endImage = isCell ? min(firstImage + counts.y, counts.x) : 0;`

/** Where the partial sums of a network's channel block begin in an atlas; `of` as the uniform `target` above. */
export const partialsAt = `ivec2 partialsAt(ivec4 of, int network, int block) {
  return ivec2((block % of.z) * of.w, of.x + network * of.y + block / of.z);
}`

/**
 * Mean and biased variance of a channel block from its partial ones (Chan et al. 1979, eq. 2.1, about the first mean): layer 0 of
 * `moments` holds means, layer 1 sums of squared differences from them. `counts`: images, images of a partial sum, pixels of an image.
 */
export const foldMoments = `void foldMoments(ivec2 at, int partials, ivec3 counts, out vec4 mean, out vec4 variance) {
  vec4 pivot = texelFetch(moments, ivec3(at, 0), 0);
  vec4 sum = vec4(0.0);
  vec4 squares = vec4(0.0);
  for (int p = 0; p < partials; p++) {
    float count = float(min(counts.y, counts.x - p * counts.y) * counts.z);
    vec4 difference = texelFetch(moments, ivec3(at.x + p, at.y, 0), 0) - pivot;
    sum += count * difference;
    squares += texelFetch(moments, ivec3(at.x + p, at.y, 1), 0) + count * difference * difference;
  }
  float total = float(counts.x * counts.z);
  sum /= total;
  mean = pivot + sum;
  variance = max(squares / total - sum * sum, vec4(0.0));
}`

/** Texel of a number of a network's state; `row`: lines of a network, texels of a line. */
export const stateAt = `ivec2 stateAt(int index, ivec2 row, int network) {
  return ivec2(index % row.y, network * row.x + index / row.y);
}`

/** Strength of a block's shortcut, by network. */
export const strengthOf = `float strengthOf(int block, int network) {
  return texelFetch(strengths, ivec2(block, network), 0).x;
}`

/** What a gradient is multiplied by: `factor` is that of a `Factor` (base, slope, block). Follows `strengthOf`. */
export const factorOf = `float factorOf(vec4 factor, int network) {
  return factor.x + factor.y * strengthOf(int(factor.z), network);
}`
