import { type Grid, layersOf } from '../grid.ts'
import { type Addend, addendFunctions, addendSamplers, addendText, addendUniforms } from './addend.ts'
import { stateAt, strengthOf } from './blocks.ts'
import { blockOrigin, decodeFragment, positionText, timesValid, validity } from './gridText.ts'
import {
  divide,
  float,
  modulo,
  repeat,
  type SamplerKind,
  type Shader,
  type UniformKind,
  wholeVertex,
} from './shader.ts'

interface Pointwise {
  readonly name: string
  readonly grid: Grid
  readonly samplers: Readonly<Record<string, SamplerKind>>
  readonly uniforms?: Readonly<Record<string, UniformKind>>
  readonly functions?: string
  readonly before?: string
  /** What target `t` gets; `read(sampler, t)` is the value of the same pixel and channels. */
  readonly value: (read: (sampler: string) => string, target: number) => string
}

const pointwise = ({
  name,
  grid,
  samplers,
  uniforms = {},
  functions = '',
  before = '',
  value,
}: Pointwise): Shader => ({
  name,
  samplers,
  uniforms,
  targets: layersOf(grid.tile),
  vertex: wholeVertex,
  fragment: `${functions}
void main() {
  ${decodeFragment(grid)}
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${validity(grid, grid.side)}
  ${before}
  ${repeat(layersOf(grid.tile), (t) => `o${t} = (${value((sampler) => `texelFetch(${sampler}, ivec3(at, ${t}), 0)`, t)})${timesValid(grid, t)};`)}
}`,
})

/** A gradient that stands alone: `base`, where there is one, and what an addend says. */
export const sumOfGradients = (grid: Grid, addend: Addend, hasBase: boolean): Shader => ({
  name: 'sum of gradients',
  samplers: { ...(hasBase ? { base: 'stack' as const } : {}), ...addendSamplers(addend) },
  uniforms: addendUniforms(addend),
  targets: layersOf(grid.tile),
  vertex: wholeVertex,
  fragment: `${addendFunctions(addend)}
void main() {
  ${decodeFragment(grid)}
  ${repeat(layersOf(grid.tile), (t) => `vec4 a${t} = ${hasBase ? `texelFetch(base, ivec3(ivec2(gl_FragCoord.xy), ${t}), 0)` : 'vec4(0.0)'};`)}
  ${addendText(addend, grid)}
  ${validity(grid, grid.side)}
  ${repeat(layersOf(grid.tile), (t) => `o${t} = a${t}${timesValid(grid, t)};`)}
}`,
})

/** x times one learned number: also its gradient. `parameter`: its texel in a network, lines of a network, texels of a line. */
export const timesParameter = (grid: Grid): Shader =>
  pointwise({
    name: 'multiplier',
    grid,
    samplers: { x: 'stack', values: 'plane' },
    uniforms: { parameter: 'ivec3' },
    functions: stateAt,
    before: 'float learned = texelFetch(values, stateAt(parameter.x, parameter.yz, network), 0).x;',
    value: (read) => `${read('x')} * learned`,
  })

/** σ(x + bias). `parameter`: first texel of the bias, as above. */
export const gate = (grid: Grid): Shader =>
  pointwise({
    name: 'gate',
    grid,
    samplers: { x: 'stack', values: 'plane' },
    uniforms: { parameter: 'ivec3' },
    functions: stateAt,
    before: 'vec4 bias = texelFetch(values, stateAt(parameter.x + channelBlock, parameter.yz, network), 0);',
    value: (read) => `1.0 / (1.0 + exp(-(${read('x')} + bias)))`,
  })

export const gateGradient = (grid: Grid): Shader =>
  pointwise({
    name: 'gradient of a gate',
    grid,
    samplers: { dy: 'stack', y: 'stack' },
    value: (read) => `${read('dy')} * ${read('y')} * (1.0 - ${read('y')})`,
  })

/** What knows `strength`, that of the shortcut of block `shortcutOf`. */
const byStrength = ({
  samplers,
  ...shader
}: Pick<Pointwise, 'name' | 'grid' | 'samplers' | 'value'>): Shader =>
  pointwise({
    ...shader,
    samplers: { ...samplers, strengths: 'plane' },
    uniforms: { shortcutOf: 'int' },
    functions: strengthOf,
    before: 'float strength = strengthOf(shortcutOf, network);',
  })

/** residual + strength · (1 − gate) · (shortcut, less the residual where the gate is exclusive). */
export const gatedAdd = (grid: Grid, isExclusive: boolean): Shader =>
  byStrength({
    name: 'gated addition',
    grid,
    samplers: { residual: 'stack', shortcut: 'stack', gate: 'stack' },
    value: (read) =>
      `${read('residual')} + strength * (1.0 - ${read('gate')}) * (${read('shortcut')}${isExclusive ? ` - ${read('residual')}` : ''})`,
  })

export const gatedAddResidualGradient = (grid: Grid): Shader =>
  byStrength({
    name: 'gradient of a gated residual function',
    grid,
    samplers: { dy: 'stack', gate: 'stack' },
    value: (read) => `${read('dy')} * (1.0 - strength * (1.0 - ${read('gate')}))`,
  })

export const gatedAddShortcutGradient = (grid: Grid): Shader =>
  byStrength({
    name: 'gradient of a gated shortcut',
    grid,
    samplers: { dy: 'stack', gate: 'stack' },
    value: (read) => `${read('dy')} * strength * (1.0 - ${read('gate')})`,
  })

export const gatedAddGateGradient = (grid: Grid, isExclusive: boolean): Shader =>
  byStrength({
    name: 'gradient of the gate of a gated addition',
    grid,
    samplers: {
      dy: 'stack',
      shortcut: 'stack',
      ...(isExclusive ? { residual: 'stack' as const } : {}),
    },
    value: (read) =>
      `-strength * ${read('dy')} * (${read('shortcut')}${isExclusive ? ` - ${read('residual')}` : ''})`,
  })

/** Shortcut A on its own: every second pixel, zero channels appended. */
export const subsamplePad = (grid: Grid, read: Grid, stride: 1 | 2): Shader => {
  const { tile } = grid
  return {
    name: 'shortcut of every second pixel',
    samplers: { x: 'stack' },
    uniforms: {},
    targets: layersOf(tile),
    vertex: wholeVertex,
    fragment: `void main() {
  ${decodeFragment(grid)}
  ${validity(grid, grid.side)}
  ${repeat(layersOf(tile), (t) => `vec4 a${t} = vec4(0.0);`)}
  if (channelBlock < ${read.channelBlocks}) {
    int readBlock = network * ${read.channelBlocks} + channelBlock;
    ivec2 origin = ${blockOrigin(read, 'readBlock')};
    int row, column, i;
${repeat(
  layersOf(tile),
  (t) => `    row = (tileRow * ${tile.height} + ${Math.floor(t / tile.width)}) * ${stride};
    column = (tileColumn * ${tile.width} + ${t % tile.width}) * ${stride};
    i = (image * ${read.tilesDown} + ${divide('row', tile.height)}) * ${read.tilesAcross} + ${divide('column', tile.width)};
    a${t} = texelFetch(x, ivec3(origin + ${positionText(read, 'i')}, ${modulo('row', tile.height)} * ${tile.width} + ${modulo('column', tile.width)}), 0);`,
)}
  }
  ${repeat(layersOf(tile), (t) => `o${t} = a${t}${timesValid(grid, t)};`)}
}`,
  }
}

/** As `dropoutMask` of the domain, value by value. `dropping`: key of the step, and whether anything is dropped; `dropped`: block, hashes below which. */
export const dropout = (grid: Grid, rate: number): Shader =>
  pointwise({
    name: 'dropout',
    grid,
    samplers: { x: 'stack' },
    uniforms: { dropping: 'ivec2', dropped: 'ivec2' },
    functions: `uint mixed(uint bits) {
  bits ^= bits >> 16;
  bits *= 0x21f0aaadu;
  bits ^= bits >> 15;
  bits *= 0x735a2d97u;
  return bits ^ (bits >> 15);
}
uint firstSeed, secondSeed;
float factorAt(int image, int row, int column, int channel) {
  if (dropping.y == 0) return 1.0;
  int index = ((image * ${grid.side} + row) * ${grid.side} + column) * ${grid.channels} + channel;
  return mixed(mixed(uint(index) ^ firstSeed) ^ secondSeed) < uint(dropped.y) ? 0.0 : ${float(1 / (1 - rate))};
}`,
    before: `firstSeed = mixed(uint(dropping.x) ^ mixed(uint(dropped.x + 1)));
  secondSeed = mixed(firstSeed + 0x9e3779b9u);`,
    value: (read, t) => {
      const { width, height } = grid.tile
      const row = `tileRow * ${height} + ${Math.floor(t / width)}`
      const column = `tileColumn * ${width} + ${t % width}`
      const factors = [0, 1, 2, 3].map(
        (lane) => `factorAt(image, ${row}, ${column}, channelBlock * 4 + ${lane})`,
      )
      return `${read('x')} * vec4(${factors.join(', ')})`
    },
  })
