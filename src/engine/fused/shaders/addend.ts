import type { Grid } from '../grid.ts'
import { factorOf, strengthOf } from './blocks.ts'
import { blockOrigin, positionText } from './gridText.ts'
import { float, repeat, type SamplerKind, type UniformKind } from './shader.ts'

/**
 * A gradient that a shader adds to its own on the way: that of the shortcut which reads the same activation.
 * `isMasked`: it passes where the output of a ReLU is above 0.
 * `isScaled`: times a factor that depends on the strength of a shortcut.
 * `subsampled`: the grid of the gradient, where every second pixel of this activation was read and channels were appended.
 */
export interface Addend {
  readonly isMasked: boolean
  readonly isScaled: boolean
  readonly subsampled: { readonly grid: Grid; readonly stride: 1 | 2 } | null
}

/** What of an addend its samplers and uniforms depend on. */
type AddendKind = Pick<Addend, 'isMasked' | 'isScaled'> | null

export const addendSamplers = (addend: AddendKind): Readonly<Record<string, SamplerKind>> =>
  addend === null
    ? {}
    : {
        added: 'stack',
        ...(addend.isMasked ? { addedMask: 'stack' } : {}),
        ...(addend.isScaled ? { strengths: 'plane' } : {}),
      }

/** `addedFactor`: see `factorOf`. */
export const addendUniforms = (addend: AddendKind): Readonly<Record<string, UniformKind>> =>
  addend?.isScaled === true ? { addedFactor: 'vec4' } : {}

/** What `addendText` calls. */
export const addendFunctions = (addend: AddendKind): string =>
  addend?.isScaled === true ? `${strengthOf}\n${factorOf}` : ''

/** The factor of an addend. */
export const addedFactorText = (addend: NonNullable<AddendKind>): string =>
  addend.isScaled ? 'factorOf(addedFactor, network)' : '1.0'

/** In a fragment that has decoded its place in `grid`: adds it to `a0` …. */
export const addendText = (addend: Addend, grid: Grid): string => {
  const lines =
    addend.subsampled === null
      ? repeat(grid.tile.width * grid.tile.height, (t) =>
          add(addend, t, `ivec3(ivec2(gl_FragCoord.xy), ${t})`, ''),
        )
      : subsampledText(addend, grid, addend.subsampled)
  return `float factor = ${addedFactorText(addend)};
  if (factor != 0.0) {
${lines}
  }`
}

const add = ({ isMasked }: Addend, target: number, at: string, lanes: string): string => {
  const mask = isMasked ? ` * vec4(greaterThan(texelFetch(addedMask, ${at}, 0), vec4(0.0)))` : ''
  return `    a${target} += factor * texelFetch(added, ${at}, 0)${mask}${lanes};`
}

const subsampledText = (
  addend: Addend,
  grid: Grid,
  { grid: read, stride }: NonNullable<Addend['subsampled']>,
): string => {
  const { tile, channels, channelBlocks } = grid
  const lanes = channels % 4
  const isCut = lanes !== 0 && read.channels > channels
  const cut = isCut
    ? `    vec4 kept = channelBlock == ${channelBlocks - 1} ? vec4(${[0, 1, 2, 3].map((lane) => float(lane < lanes ? 1 : 0)).join(', ')}) : vec4(1.0);\n`
    : ''
  const pixels = repeat(tile.width * tile.height, (t) => {
    const column = t % tile.width
    const row = Math.floor(t / tile.width)
    if (column % stride !== 0 || row % stride !== 0) return ''
    return `    {
      int u = (tileColumn * ${tile.width} + ${column}) / ${stride}, v = (tileRow * ${tile.height} + ${row}) / ${stride};
      if (u < ${read.side} && v < ${read.side}) {
        int i = (image * ${read.tilesDown} + v / ${tile.height}) * ${read.tilesAcross} + u / ${tile.width};
        ivec3 at = ivec3(readOrigin + ${positionText(read, 'i')}, (v % ${tile.height}) * ${tile.width} + u % ${tile.width});
    ${add(addend, t, 'at', isCut ? ' * kept' : '')}
      }
    }`
  })
  return `${cut}    int addedBlock = network * ${read.channelBlocks} + channelBlock;
    ivec2 readOrigin = ${blockOrigin(read, 'addedBlock')};
${pixels}`
}
