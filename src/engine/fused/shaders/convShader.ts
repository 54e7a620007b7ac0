import { type Grid, layersOf as layers } from '../grid.ts'
import { type Addend, addendFunctions, addendSamplers, addendText, addendUniforms } from './addend.ts'
import { stateAt } from './blocks.ts'
import { blockOrigin, decodeFragment, positionText, timesValid, validity } from './gridText.ts'
import { matrixAt, repeat, type Shader, wholeVertex } from './shader.ts'

/** A convolution as far as its shaders depend on it. */
export interface ConvGeometry {
  readonly kernelSize: 1 | 3 | 7
  readonly stride: 1 | 2
  readonly padding: number
  /** Of what it reads; one network where all share it. */
  readonly input: Grid
  readonly output: Grid
  /** Channel blocks of a group, on either side: all of them but in grouped convolutions. */
  readonly groupInputs: number
  readonly groupOutputs: number
}

/** Uniform `weights`: first texel of the kernel within a network, lines of a network, texels of a line; and `turns` of the loop over blocks. */
const weightsUniform = { weights: 'ivec3', turns: 'int' } as const

/** Texels of one run: the 4×4 matrices, by tap, that carry one input block to one output block. */
export const runTexels = (kernelSize: number): number => 4 * kernelSize * kernelSize

const beginRun = (
  run: string,
  length: number,
  step: number,
): string => `ivec2 w = stateAt(weights.x + (${run}) * ${length}, weights.yz, network);
  ivec2 runStep = ivec2(0, ${length * step} / weights.z);
  runStep.x = ${length * step} - runStep.y * weights.z;`

const nextRun = `w += runStep;
    if (w.x >= weights.z) { w.x -= weights.z; w.y++; }`

/** Loads the matrix of a tap: its columns are the input's channels. */
const loadTap = (tap: number): string => `m = ${matrixAt('values', 'w', 4 * tap)};`

/**
 * The bound is a uniform: Direct3D's compiler would write out any loop whose length it knows, for seconds. (Written out, a sum over two blocks
 * is a tenth faster where the processor draws, and takes twice as long to compile.)
 */
const loop = (count: number, body: string): string =>
  count === 1 ? `{\n${body}\n}` : `for (int j = 0; j < turns; j++) {\n${body}\n}`

/** Uniform `turns` of the two convolution shaders. */
export const turnsOf = {
  forward: ({ groupInputs }: ConvGeometry): number => groupInputs,
  inputGradient: ({ groupOutputs }: ConvGeometry): number => groupOutputs,
}

/** y = conv(x): each fragment a tile of pixels, 4 channels. Zero padding is a factor of 0 on what lies outside. */
export const convForward = (geometry: ConvGeometry): Shader => {
  const { input, output, groupInputs, groupOutputs, kernelSize } = geometry
  const inputBlock = `(channelBlock / ${groupOutputs}) * ${groupInputs}`
  return {
    name: `convolution ${kernelSize}×${kernelSize}, ${input.channels} to ${output.channels} channels`,
    samplers: { values: 'plane', x: 'stack' },
    uniforms: weightsUniform,
    targets: layers(input.tile),
    vertex: wholeVertex,
    fragment: `${stateAt}
void main() {
  ${decodeFragment(output)}
  ${beginRun(`channelBlock * ${groupInputs}`, runTexels(kernelSize), 1)}
  ${slidingWindow({
    geometry,
    read: input,
    stride: geometry.stride,
    firstBlock: inputBlock,
    count: groupInputs,
    multiply: (tap, value) => ({ tap, product: `m * ${value}` }),
  })}
  ${validity(output, output.side)}
  ${repeat(layers(output.tile), (t) => `o${t} = a${t}${timesValid(output, t)};`)}
}`,
  }
}

/** Gradient of the input of a convolution with stride 1: the same window over dy, the kernel mirrored and transposed. */
const convInputGradient1 = (geometry: ConvGeometry, addend: Addend | null): Shader => {
  const { output, groupOutputs, kernelSize } = geometry
  const taps = kernelSize * kernelSize
  return inputGradientShader(
    geometry,
    addend,
    slidingWindow({
      geometry: { ...geometry, padding: kernelSize - 1 - geometry.padding },
      read: output,
      stride: 1,
      firstBlock: firstOutputBlock(geometry),
      count: groupOutputs,
      multiply: (tap, value) => ({ tap: taps - 1 - tap, product: `${value} * m` }),
    }),
  )
}

/** Of what a block of the input was given to: the first block of its group. */
const firstOutputBlock = ({ groupInputs, groupOutputs }: ConvGeometry): string =>
  `(channelBlock / ${groupInputs}) * ${groupOutputs}`

/** `sum` declares `a0` …, by runs from `w` on. */
const inputGradientShader = (geometry: ConvGeometry, addend: Addend | null, sum: string): Shader => {
  const { kernelSize, input, output, groupInputs, groupOutputs } = geometry
  const firstRun = `(channelBlock / ${groupInputs}) * ${groupOutputs * groupInputs} + channelBlock % ${groupInputs}`
  return {
    name: `input gradient of a convolution ${kernelSize}×${kernelSize}, ${input.channels} to ${output.channels} channels`,
    samplers: { values: 'plane', x: 'stack', ...addendSamplers(addend) },
    uniforms: { ...weightsUniform, ...addendUniforms(addend) },
    targets: layers(input.tile),
    vertex: wholeVertex,
    fragment: `${stateAt}
${addendFunctions(addend)}
void main() {
  ${decodeFragment(input)}
  ${beginRun(firstRun, runTexels(kernelSize), groupInputs)}
  ${sum}
  ${addend === null ? '' : addendText(addend, input)}
  ${validity(input, input.side)}
  ${repeat(layers(input.tile), (t) => `o${t} = a${t}${timesValid(input, t)};`)}
}`,
  }
}

export const convInputGradient = (geometry: ConvGeometry, addend: Addend | null): Shader =>
  geometry.stride === 1 ? convInputGradient1(geometry, addend) : convInputGradient2(geometry, addend)

interface Window {
  readonly geometry: ConvGeometry
  /** What is read. */
  readonly read: Grid
  readonly stride: 1 | 2
  readonly firstBlock: string
  /** Blocks that are summed over. */
  readonly count: number
  readonly multiply: (tap: number, value: string) => { readonly tap: number; readonly product: string }
}

/** Declares `a0` …: for each pixel of the tile the sum over a window of what is read, by runs from `w` on. */
const slidingWindow = ({ geometry, read, stride, firstBlock, count, multiply }: Window): string => {
  const { kernelSize, padding } = geometry
  const { tile } = read
  const columns = span(tile.width, stride, kernelSize, padding)
  const rows = span(tile.height, stride, kernelSize, padding)
  const tilesX = tilesOf(columns, tile.width)
  const tilesY = tilesOf(rows, tile.height)
  const isShared = read.networks === 1
  // A tile before the first or behind the last is outside; with stride 1 no other can be.
  const mayMissX = (q: number): boolean =>
    q < 0 || q >= stride || (stride === 2 && read.tilesAcross % 2 === 1)
  const mayMissY = (q: number): boolean => q < 0 || q >= stride || (stride === 2 && read.tilesDown % 2 === 1)
  const name = (q: number): string => (q < 0 ? `m${-q}` : `${q}`)
  const place = (base: string, axis: 'x' | 'y', q: number, limit: number, mayMiss: boolean): string =>
    `int p${axis}${name(q)} = ${base} * ${stride} + ${q};${
      mayMiss
        ? ` float in${axis}${name(q)} = p${axis}${name(q)} >= 0 && p${axis}${name(q)} < ${limit} ? 1.0 : 0.0; p${axis}${name(q)} = clamp(p${axis}${name(q)}, 0, ${limit - 1});`
        : ''
    }`
  const fetch = (dx: number, dy: number): string => {
    const qx = Math.floor(dx / tile.width)
    const qy = Math.floor(dy / tile.height)
    const layer = (dy - qy * tile.height) * tile.width + (dx - qx * tile.width)
    const factors = [mayMissX(qx) ? ` * inx${name(qx)}` : '', mayMissY(qy) ? ` * iny${name(qy)}` : ''].join(
      '',
    )
    return `texelFetch(x, ivec3(t${name(qx)}_${name(qy)} + origin, ${layer}), 0)${factors}`
  }
  const variable = (dx: number, dy: number): string => `x${name(dx)}_${name(dy)}`
  const products = (tap: number): string => {
    const row = Math.floor(tap / kernelSize)
    const column = tap % kernelSize
    const lines = Array.from({ length: layers(tile) }, (_, t) => {
      const dx = (t % tile.width) * stride + column - padding
      const dy = Math.floor(t / tile.width) * stride + row - padding
      return `a${t} += ${multiply(tap, variable(dx, dy)).product};`
    })
    return `${loadTap(multiply(tap, '').tap)}\n${lines.join('\n')}`
  }
  const isOneLine = read.blocksAcross >= read.channelBlocks * read.networks
  const first = `${isShared ? '' : `network * ${read.channelBlocks} + `}${firstBlock}`
  return `${tilesX.map((q) => place('tileColumn', 'x', q, read.tilesAcross, mayMissX(q))).join('\n  ')}
  ${tilesY.map((q) => place('tileRow', 'y', q, read.tilesDown, mayMissY(q))).join('\n  ')}
  ${tilesY
    .flatMap((qy) =>
      tilesX.map((qx) => {
        const at = `(image * ${read.tilesDown} + py${name(qy)}) * ${read.tilesAcross} + px${name(qx)}`
        return `int i${name(qx)}_${name(qy)} = ${at}; ivec2 t${name(qx)}_${name(qy)} = ${positionText(read, `i${name(qx)}_${name(qy)}`)};`
      }),
    )
    .join('\n  ')}
  ${repeat(layers(tile), (t) => `vec4 a${t} = vec4(0.0);`)}
  mat4 m;
  int readBlock = ${first};
  ivec2 origin = ${blockOrigin(read, 'readBlock')};
  ${loop(
    count,
    `${rows.flatMap((dy) => columns.map((dx) => `vec4 ${variable(dx, dy)} = ${fetch(dx, dy)};`)).join('\n')}
    ${repeat(kernelSize * kernelSize, products)}
    ${nextRun}
    ${isOneLine ? `origin.x += ${read.blockWidth};` : `readBlock++; origin = ${blockOrigin(read, 'readBlock')};`}`,
  )}`
}

/**
 * Gradient of the input of a convolution with stride 2. Sides of a tile are even, so which taps reach a pixel is known when the text is
 * written; which layer of dy they read is not.
 */
const convInputGradient2 = (geometry: ConvGeometry, addend: Addend | null): Shader => {
  const { input, output, groupOutputs, kernelSize, padding } = geometry
  const { tile } = input
  /** Taps that reach pixel `at` of a tile, and the pixel of dy that they carry there, from half the tile's first on. */
  const reaching = (at: number): readonly { readonly tap: number; readonly offset: number }[] =>
    Array.from({ length: kernelSize }, (_, tap) => tap).flatMap((tap) => {
      const twice = at + padding - tap
      return twice % 2 === 0 ? [{ tap, offset: twice / 2 }] : []
    })
  const offsetsOf = (length: number): readonly number[] => [
    ...new Set(
      Array.from({ length }, (_, at) => reaching(at))
        .flat()
        .map(({ offset }) => offset),
    ),
  ]
  const columns = offsetsOf(tile.width)
  const rows = offsetsOf(tile.height)
  const first = `network * ${output.channelBlocks} + ${firstOutputBlock(geometry)}`
  const isOneLine = output.blocksAcross >= output.channelBlocks * output.networks
  const taps = Array.from({ length: kernelSize * kernelSize }, (_, tap) => {
    const lines = Array.from({ length: layers(tile) }, (_, t) => {
      const column = reaching(t % tile.width).find((one) => one.tap === tap % kernelSize)
      const row = reaching(Math.floor(t / tile.width)).find((one) => one.tap === Math.floor(tap / kernelSize))
      return column === undefined || row === undefined ? '' : `a${t} += d${column.offset}_${row.offset} * m;`
    }).filter((line) => line !== '')
    return lines.length === 0 ? '' : [loadTap(tap), ...lines].join('\n')
  })
  return inputGradientShader(
    geometry,
    addend,
    `int column0 = tileColumn * ${tile.width / 2};
  int row0 = tileRow * ${tile.height / 2};
  ${rows
    .flatMap((dy) =>
      columns.map(
        (dx) => `ivec3 t${dx}_${dy}; float in${dx}_${dy};
  {
    int u = column0 + ${dx}, v = row0 + ${dy};
    in${dx}_${dy} = u < ${output.side} && v < ${output.side} ? 1.0 : 0.0;
    u = min(u, ${output.side - 1}); v = min(v, ${output.side - 1});
    int i = (image * ${output.tilesDown} + v / ${tile.height}) * ${output.tilesAcross} + u / ${tile.width};
    t${dx}_${dy} = ivec3(${positionText(output, 'i')}, (v % ${tile.height}) * ${tile.width} + u % ${tile.width});
  }`,
      ),
    )
    .join('\n  ')}
  ${repeat(layers(tile), (t) => `vec4 a${t} = vec4(0.0);`)}
  mat4 m;
  int readBlock = ${first};
  ivec2 origin = ${blockOrigin(output, 'readBlock')};
  ${loop(
    groupOutputs,
    `${rows.flatMap((dy) => columns.map((dx) => `vec4 d${dx}_${dy} = texelFetch(x, t${dx}_${dy} + ivec3(origin, 0), 0) * in${dx}_${dy};`)).join('\n')}
    ${taps.join('\n')}
    ${nextRun}
    ${isOneLine ? `origin.x += ${output.blockWidth};` : `readBlock++; origin = ${blockOrigin(output, 'readBlock')};`}`,
  )}`,
  )
}

/** Offsets of all pixels that the windows of a tile read along one side. */
const span = (length: number, stride: number, kernelSize: number, padding: number): readonly number[] =>
  [
    ...new Set(
      Array.from({ length }, (_, at) =>
        Array.from({ length: kernelSize }, (_, tap) => at * stride + tap - padding),
      ).flat(),
    ),
  ].sort((a, b) => a - b)

const tilesOf = (offsets: readonly number[], length: number): readonly number[] => [
  ...new Set(offsets.map((offset) => Math.floor(offset / length))),
]
