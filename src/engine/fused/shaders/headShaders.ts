import { type Grid, layersOf } from '../grid.ts'
import { decodePart, partsUniforms, stateAt } from './blocks.ts'
import { blockOrigin, decodeFragment, isInside, positionText, timesValid, validity } from './gridText.ts'
import { float, matrixAt, repeat, type Shader, wholeVertex } from './shader.ts'

/** Pooling, dense layer and loss. Planes: a column for each image; a line for each network and block of 4 channels, or of 4 classes. */

/** Mean of each image's channels. */
export const pool = (grid: Grid): Shader => ({
  name: 'global average pooling',
  samplers: { x: 'stack' },
  uniforms: {},
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
  int image = int(gl_FragCoord.x), block = int(gl_FragCoord.y);
  ivec2 origin = ${blockOrigin(grid, 'block')};
  vec4 sum = vec4(0.0);
  int first = image * ${grid.tilesAcross * grid.tilesDown};
  for (int i = first; i < first + ${grid.tilesAcross * grid.tilesDown}; i++) {
    ivec2 at = origin + ${positionText(grid, 'i')};
    ${repeat(layersOf(grid.tile), (t) => `sum += texelFetch(x, ivec3(at, ${t}), 0);`)}
  }
  o0 = sum * ${float(1 / grid.side ** 2)};
}`,
})

/** What the dense layer's shaders depend on. */
export interface HeadShape {
  readonly channelBlocks: number
  readonly classes: number
}

export const classBlocksOf = (classes: number): number => Math.ceil(classes / 4)

/** `weights`: first texels of kernel and bias, lines of a network, texels of a line. */
export const logits = ({ channelBlocks, classes }: HeadShape): Shader => ({
  name: 'dense layer',
  samplers: { pooled: 'plane', values: 'plane' },
  uniforms: { weights: 'ivec4' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `${stateAt}
void main() {
  int image = int(gl_FragCoord.x), line = int(gl_FragCoord.y);
  int network = line / ${classBlocksOf(classes)};
  int classBlock = line - network * ${classBlocksOf(classes)};
  vec4 sum = texelFetch(values, stateAt(weights.y + classBlock, weights.zw, network), 0);
  for (int c = 0; c < ${channelBlocks}; c++) {
    vec4 x = texelFetch(pooled, ivec2(image, network * ${channelBlocks} + c), 0);
    ivec2 w = stateAt(weights.x + (classBlock * ${channelBlocks} + c) * 4, weights.zw, network);
    sum += ${matrixAt('values', 'w')} * x;
  }
  o0 = sum;
}`,
})

/** Target 0: gradient of the mean cross-entropy, (softmax − one-hot) / images. Target 1: loss and wrongness of the image. */
export const lossGradient = ({ classes }: HeadShape, images: number): Shader => {
  const blocks = classBlocksOf(classes)
  const lanes = [0, 1, 2, 3]
  return {
    name: 'loss and its gradient',
    samplers: { logits: 'plane', batch: 'plane' },
    uniforms: {},
    targets: 2,
    vertex: wholeVertex,
    fragment: `vec4 logitsAt(int image, int network, int block) {
  vec4 l = texelFetch(logits, ivec2(image, network * ${blocks} + block), 0);
  ${
    classes % 4 === 0
      ? ''
      : `if (block == ${blocks - 1}) l = vec4(${lanes.map((lane) => (lane < classes % 4 ? `l.${'xyzw'[lane]}` : '-3.0e38')).join(', ')});`
  }
  return l;
}
void main() {
  int image = int(gl_FragCoord.x), line = int(gl_FragCoord.y);
  int network = line / ${blocks};
  int own = line - network * ${blocks};
  int label = int(texelFetch(batch, ivec2(image, 1), 0).x);
  float labelled = texelFetch(logits, ivec2(image, network * ${blocks} + label / 4), 0)[label % 4];
  float largest = labelled;
  float wrong = 0.0;
  for (int b = 0; b < ${blocks}; b++) {
    vec4 l = logitsAt(image, network, b);
    ${repeat(4, (lane) => `largest = max(largest, l[${lane}]); if (b * 4 + ${lane} < label ? l[${lane}] >= labelled : (b * 4 + ${lane} > label && l[${lane}] > labelled)) wrong = 1.0;`)}
  }
  float total = 0.0;
  for (int b = 0; b < ${blocks}; b++) total += dot(exp(logitsAt(image, network, b) - largest), vec4(1.0));
  vec4 target = vec4(equal(ivec4(own * 4) + ivec4(0, 1, 2, 3), ivec4(label)));
  o0 = (exp(logitsAt(image, network, own) - largest) / total - target) * ${float(1 / images)};
  o1 = vec4(log(total) + largest - labelled, wrong, 0.0, 0.0);
}`,
  }
}

/** One column of the log: sums of loss and wrongness over the first images of a batch (`counted`), by network. */
export const measurements = ({ classes }: HeadShape): Shader => ({
  name: 'measurements',
  samplers: { losses: 'plane' },
  uniforms: { counted: 'int' },
  targets: 1,
  vertex: wholeVertex,
  fragment: `void main() {
  int network = int(gl_FragCoord.y);
  vec4 sum = vec4(0.0);
  for (int image = 0; image < counted; image++) sum += texelFetch(losses, ivec2(image, network * ${classBlocksOf(classes)}), 0);
  o0 = sum;
}`,
})

/** Gradients of kernel and bias in parts; a cell is a run of 4 texels, the cells behind the kernel's are the bias. */
export const denseGradient = ({ channelBlocks, classes }: HeadShape): Shader => ({
  name: 'gradient of the dense layer',
  samplers: { pooled: 'plane', dLogits: 'plane' },
  uniforms: partsUniforms,
  targets: 4,
  vertex: wholeVertex,
  fragment: `void main() {
${decodePart}
  bool isBias = cell >= ${channelBlocks * classBlocksOf(classes)};
  int classBlock = isBias ? cell - ${channelBlocks * classBlocksOf(classes)} : cell / ${channelBlocks};
  int channelBlock = isBias ? 0 : cell % ${channelBlocks};
  vec4 s0 = vec4(0.0), s1 = s0, s2 = s0, s3 = s0;
  for (int image = firstImage; image < endImage; image++) {
    vec4 d = texelFetch(dLogits, ivec2(image, network * ${classBlocksOf(classes)} + classBlock), 0);
    vec4 x = isBias ? vec4(1.0) : texelFetch(pooled, ivec2(image, network * ${channelBlocks} + channelBlock), 0);
    s0 += x.x * d; s1 += x.y * d; s2 += x.z * d; s3 += x.w * d;
  }
  o0 = s0; o1 = s1; o2 = s2; o3 = s3;
}`,
})

/** Gradient of what is pooled: each pixel gets its share. */
export const poolGradient = (grid: Grid, { channelBlocks, classes }: HeadShape): Shader => ({
  name: 'gradient of the pooled activation',
  samplers: { dLogits: 'plane', values: 'plane' },
  uniforms: { weights: 'ivec4' },
  targets: layersOf(grid.tile),
  vertex: wholeVertex,
  fragment: `${stateAt}
void main() {
  ${decodeFragment(grid)}
  vec4 sum = vec4(0.0);
  for (int b = 0; b < ${classBlocksOf(classes)}; b++) {
    ivec2 w = stateAt(weights.x + (b * ${channelBlocks} + channelBlock) * 4, weights.zw, network);
    vec4 d = texelFetch(dLogits, ivec2(image, network * ${classBlocksOf(classes)} + b), 0);
    sum += d * ${matrixAt('values', 'w')};
  }
  sum *= ${float(1 / grid.side ** 2)};
  ${validity(grid, grid.side)}
  ${repeat(layersOf(grid.tile), (t) => `o${t} = sum${timesValid(grid, t)};`)}
}`,
})

/**
 * The batch from the data set, moved and mirrored. `batch`: line 0 has (image, rows down, columns to the right, mirrored), line 1 the label.
 * A texel of `images` is 4 channels of a pixel; a line has 2^`lineBits` of them.
 */
export const gatherImages = (grid: Grid): Shader => ({
  name: 'images of a batch',
  samplers: { images: 'plane', batch: 'plane' },
  uniforms: { lineBits: 'int' },
  targets: layersOf(grid.tile),
  vertex: wholeVertex,
  fragment: `void main() {
  ${decodeFragment(grid)}
  ivec4 drawn = ivec4(texelFetch(batch, ivec2(image, 0), 0));
  int row, column, index, lineMask = (1 << lineBits) - 1;
  ${repeat(layersOf(grid.tile), (t) => {
    const { width, height } = grid.tile
    return `row = tileRow * ${height} + ${Math.floor(t / width)} - drawn.y;
  column = tileColumn * ${width} + ${t % width};
  if (drawn.w != 0) column = ${grid.side - 1} - column;
  column -= drawn.z;
  o${t} = vec4(0.0);
  if (row >= 0 && row < ${grid.side} && column >= 0 && column < ${grid.side} && ${isInside(grid.tile, t, grid.side)}) {
    index = ((drawn.x * ${grid.side} + row) * ${grid.side} + column) * ${grid.channelBlocks} + channelBlock;
    o${t} = texelFetch(images, ivec2(index & lineMask, index >> lineBits), 0);
  }`
  })}
}`,
})
