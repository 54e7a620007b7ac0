import { statisticsMomentum } from '../../normConstants.ts'
import { foldMoments, stateAt, strengthOf } from './blocks.ts'
import { float, type SamplerKind, type Shader, type UniformKind, wholeVertex } from './shader.ts'

/** Declares `network`, and the fragment's texel: `at` among all networks, `own` within its network. */
const ownTexel = `  ivec2 at = ivec2(gl_FragCoord.xy);
  int network = at.y / lines;
  ivec2 own = ivec2(at.x, at.y - network * lines);`

/**
 * Shaders over the whole state of all networks, a fragment a texel. The texture `lookup` says of each texel of a network where its gradient,
 * or its statistic, is summed. Layer 0: (column, line, parts, code), code = target + 8 · mask of its lanes + 128 · lines of a network; no parts:
 * nothing changes it. Layer 1, of running statistics only: (1 mean or 2 variance, 1 + block of the shortcut it belongs to or 0, pixels of an image, images of a
 * part).
 */
const found = `${ownTexel}
  vec4 look = texelFetch(lookup, ivec3(own, 0), 0);
  vec4 kind = texelFetch(lookup, ivec3(own, 1), 0);
  int parts = int(look.z), code = int(look.w);
  ivec2 from = ivec2(look.xy) + ivec2(0, network * (code >> 7));`

const gradientSum = `vec4 gradientSum(ivec2 from, int parts, int code) {
  vec4 sum = vec4(0.0);
  for (int p = 0; p < parts; p++) sum += texelFetch(gradients, ivec3(from.x + p, from.y, code & 7), 0);
  return sum * vec4(float((code >> 3) & 1), float((code >> 4) & 1), float((code >> 5) & 1), float((code >> 6) & 1));
}`

const statistic = `vec4 statistic(ivec2 from, int parts, vec4 kind) {
  vec4 mean, variance;
  foldMoments(from, parts, ivec3(images, int(kind.w), int(kind.z)), mean, variance);
  float total = float(images) * kind.z;
  return kind.x == 1.0 ? mean : variance * (total > 1.0 ? total / (total - 1.0) : 1.0);
}`

const uniforms = { lines: 'int', images: 'int' } as const satisfies Record<string, UniformKind>

/** The gradient as it stands: one number for each of the state. */
export const foldGradients: Shader = {
  name: 'gradient of all parameters',
  samplers: { lookup: 'stack', gradients: 'stack' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${gradientSum}
void main() {
${found}
  o0 = kind.x > 0.0 ? vec4(0.0) : gradientSum(from, parts, code);
}`,
}

/**
 * g ← g + weight decay · p, v ← momentum · v + g, p ← p − rate · v (SGD); running ← 0.9 · running + 0.1 · batch, unbiased. `rates`: (rate,
 * momentum, weight decay). Statistics of a shortcut that is off stay. `isFolded`: the gradient is read from a plane of its own.
 */
export const update = (isFolded: boolean): Shader => ({
  name: 'update of all parameters',
  samplers: {
    values: 'plane',
    momentum: 'plane',
    lookup: 'stack',
    ...({ [isFolded ? 'folded' : 'gradients']: isFolded ? 'plane' : 'stack' } satisfies Record<
      string,
      SamplerKind
    >),
    moments: 'stack',
    strengths: 'plane',
  },
  uniforms: { ...uniforms, rates: 'vec4' },
  targets: 2,
  vertex: wholeVertex,
  fragment: `${isFolded ? '' : gradientSum}
${foldMoments}
${statistic}
${strengthOf}
void main() {
${found}
  vec4 value = texelFetch(values, at, 0);
  vec4 velocity = texelFetch(momentum, at, 0);
  if (kind.x > 0.0) {
    bool isUsed = kind.y == 0.0 || strengthOf(int(kind.y) - 1, network) > 0.0;
    o0 = isUsed ? ${float(statisticsMomentum)} * value + ${float(1 - statisticsMomentum)} * statistic(from, parts, kind) : value;
    o1 = vec4(0.0);
    return;
  }
  vec4 gradient = ${isFolded ? 'texelFetch(folded, at, 0)' : 'gradientSum(from, parts, code)'} + rates.z * value;
  velocity = rates.y * velocity + gradient;
  o0 = value - rates.x * velocity;
  o1 = velocity;
}`,
})

/** Adds a share of a batch's statistics, variances unbiased, to what `collected` has. */
export const collectStatistics: Shader = {
  name: 'statistics of several batches',
  samplers: { collected: 'plane', lookup: 'stack', moments: 'stack' },
  uniforms: { ...uniforms, share: 'vec2' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${foldMoments}
${statistic}
void main() {
${found}
  // share.y: 0 for the first batch, whatever was there.
  vec4 before = share.y == 0.0 ? vec4(0.0) : texelFetch(collected, at, 0);
  o0 = kind.x > 0.0 ? before + share.x * statistic(from, parts, kind) : vec4(0.0);
}`,
}

/** In `columns` × networks texels: 0, or more where some part of a network's state is no finite number. By its bits: compilers take x · 0 for 0. */
export const findBroken = (columns: number): Shader => ({
  name: 'search for what is no finite number',
  samplers: { values: 'plane' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int width = textureSize(values, 0).x;
  float broken = 0.0;
  for (int line = at.y * lines; line < (at.y + 1) * lines; line++)
    for (int x = at.x; x < width; x += ${columns}) {
      uvec4 exponents = floatBitsToUint(texelFetch(values, ivec2(x, line), 0)) & 0x7f800000u;
      if (any(equal(exponents, uvec4(0x7f800000u)))) broken = 1.0;
    }
  o0 = vec4(broken);
}`,
})

/**
 * Kernels of the Dirac parameterisation (Zagoruyko & Komodakis 2017, eq. 3 to 5). The texture `dirac` says of a texel of W: (texel of a, texel
 * of b, mask of the identity's lanes, 1); of a and b: (first texel of W's runs, their texels, 0, 2 for a or 3 for b).
 */
const foundDirac = `${ownTexel}
  vec4 role = texelFetch(dirac, own, 0);
  ivec2 row = ivec2(lines, textureSize(dirac, 0).x);`

const diracFunctions = `${stateAt}
vec4 identityOf(float mask) {
  int bits = int(mask);
  return vec4(float(bits & 1), float((bits >> 1) & 1), float((bits >> 2) & 1), float((bits >> 3) & 1));
}`

/** 1/‖W‖ by output channel, where a lies. */
export const diracNorms: Shader = {
  name: 'norms of kernels',
  samplers: { values: 'plane', dirac: 'plane' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${diracFunctions}
void main() {
${foundDirac}
  o0 = vec4(0.0);
  if (role.w != 2.0) return;
  vec4 squares = vec4(0.0);
  for (float i = 0.0; i < role.y; i++) {
    vec4 w = texelFetch(values, stateAt(int(role.x + i), row, network), 0);
    squares += w * w;
  }
  // Channels that fill a block up have no weights.
  o0 = mix(1.0 / sqrt(squares), vec4(0.0), equal(squares, vec4(0.0)));
}`,
}

/** diag(a) · I + diag(b) · W/‖W‖, where W lies. */
export const diracKernels: Shader = {
  name: 'kernels of the Dirac parameterisation',
  samplers: { values: 'plane', dirac: 'plane', norms: 'plane' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${diracFunctions}
void main() {
${foundDirac}
  o0 = vec4(0.0);
  if (role.w != 1.0) return;
  vec4 a = texelFetch(values, stateAt(int(role.x), row, network), 0);
  vec4 b = texelFetch(values, stateAt(int(role.y), row, network), 0);
  o0 = a * identityOf(role.z) + b * texelFetch(values, at, 0) * texelFetch(norms, stateAt(int(role.x), row, network), 0);
}`,
}

/** With g the gradient of the kernel and u = W/‖W‖: Σ g·I where a lies, Σ g·u where b lies. */
export const diracSums: Shader = {
  name: 'gradients of the Dirac parameterisation, sums',
  samplers: { values: 'plane', dirac: 'plane', norms: 'plane', folded: 'plane' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${diracFunctions}
void main() {
${foundDirac}
  vec4 sum = vec4(0.0);
  if (role.w >= 2.0) {
    for (float i = 0.0; i < role.y; i++) {
      ivec2 from = stateAt(int(role.x + i), row, network);
      vec4 ofWeight = texelFetch(dirac, from - ivec2(0, network * lines), 0);
      vec4 gradient = texelFetch(folded, from, 0);
      sum += gradient * (role.w == 2.0 ? identityOf(ofWeight.z) : texelFetch(values, from, 0) * texelFetch(norms, stateAt(int(ofWeight.x), row, network), 0));
    }
  }
  o0 = sum;
}`,
}

/** dW = b/‖W‖ · (g − u · Σ g·u); da and db as summed; everything else as it was folded. */
export const diracGradients: Shader = {
  name: 'gradients of the Dirac parameterisation',
  samplers: { values: 'plane', dirac: 'plane', norms: 'plane', folded: 'plane', sums: 'plane' },
  uniforms: { lines: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${diracFunctions}
void main() {
${foundDirac}
  vec4 gradient = texelFetch(folded, at, 0);
  if (role.w >= 2.0) gradient = texelFetch(sums, at, 0);
  else if (role.w == 1.0) {
    vec4 inverse = texelFetch(norms, stateAt(int(role.x), row, network), 0);
    vec4 b = texelFetch(values, stateAt(int(role.y), row, network), 0);
    gradient = b * inverse * (gradient - texelFetch(values, at, 0) * inverse * texelFetch(sums, stateAt(int(role.y), row, network), 0));
  }
  o0 = gradient;
}`,
}

/** One number from the partial sums of all channels of a network: `from` and `to` as of `partialsVector`, channel blocks to sum. */
export const sumOverChannels: Shader = {
  name: 'sum over channels',
  samplers: { sums: 'plane' },
  uniforms: { from: 'ivec4', to: 'ivec4', channelBlocks: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
  int network = (int(gl_FragCoord.y) - to.x) / to.y;
  vec4 sum = vec4(0.0);
  for (int c = 0; c < channelBlocks; c++) {
    ivec2 at = ivec2((c % from.z) * from.w, from.x + network * from.y + c / from.z);
    for (int p = 0; p < from.w; p++) sum += texelFetch(sums, ivec2(at.x + p, at.y), 0);
  }
  o0 = vec4(dot(sum, vec4(1.0)), 0.0, 0.0, 0.0);
}`,
}
