import { type Grid, layersOf } from '../grid.ts'
import type { ConvGeometry } from './convShader.ts'
import { blockOrigin, positionText } from './gridText.ts'
import { divide, repeat, type Shader, wholeVertex } from './shader.ts'

/**
 * Gradient of a convolution's kernel, in partial sums over images. A cell is what one fragment computes: of one run (an input block to an
 * output block) one row of taps, for some of the input's 4 channels, so that what it fetches of x serves every tap of the row.
 */
export interface FilterCells {
  /** Input channels that a fragment computes. */
  readonly lanes: 1 | 2 | 4
  /** Cells of a run. */
  readonly cellsInRun: number
}

/** Of a kernel, for a device with so many render targets: the taps of a row times the lanes are written at once. */
export const filterCells = (kernelSize: number, renderTargets: number): FilterCells => {
  const lanes = kernelSize === 1 ? 4 : renderTargets >= 2 * kernelSize ? 2 : 1
  return { lanes, cellsInRun: kernelSize * (4 / lanes) }
}

/** Where the gradient of a kernel's texel is summed: cell of a run and render target. */
export const filterCellOf = (
  kernelSize: number,
  renderTargets: number,
  tap: number,
  lane: number,
): { readonly cell: number; readonly target: number } => {
  const { lanes } = filterCells(kernelSize, renderTargets)
  const row = Math.floor(tap / kernelSize)
  return {
    cell: row * (4 / lanes) + Math.floor(lane / lanes),
    target: (tap % kernelSize) * lanes + (lane % lanes),
  }
}

/** `target`: as of `partialsVector`; `counts`: images, images of a part, cells of a network. */
export const filterGradient = (geometry: ConvGeometry): Shader => {
  const { kernelSize, stride, padding, input, output, groupInputs, groupOutputs } = geometry
  const { lanes, cellsInRun } = filterCells(kernelSize, layersOf(input.tile))
  const parts = 4 / lanes
  const isShared = input.networks === 1
  const targets = kernelSize * lanes
  const { tile } = output
  return {
    name: `filter gradient of a convolution ${kernelSize}×${kernelSize}, ${input.channels} to ${output.channels} channels`,
    samplers: { x: 'stack', dy: 'stack' },
    uniforms: { target: 'ivec4', counts: 'ivec3' },
    targets,
    vertex: wholeVertex,
    fragment: `void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy) - ivec2(0, target.x);
  int network = texel.y / target.y;
  int cell = (texel.y - network * target.y) * target.z + texel.x / target.w;
  int part = texel.x % target.w;
  if (cell >= counts.z || texel.x >= target.z * target.w) discard;
  int run = cell / ${cellsInRun};
  int inRun = cell - run * ${cellsInRun};
  int row = inRun / ${parts};
  int lane = (inRun - row * ${parts}) * ${lanes};
  int outputBlock = run / ${groupInputs};
  int inputBlock = (outputBlock / ${groupOutputs}) * ${groupInputs} + run - outputBlock * ${groupInputs};
  ivec2 xOrigin = ${blockOrigin(input, `${isShared ? '' : `network * ${input.channelBlocks} + `}inputBlock`)};
  ivec2 dOrigin = ${blockOrigin(output, `network * ${output.channelBlocks} + outputBlock`)};
  ${repeat(targets, (t) => `vec4 s${t} = vec4(0.0);`)}
  int firstImage = part * counts.y;
  int endImage = min(firstImage + counts.y, counts.x);
  for (int image = firstImage; image < endImage; image++) {
    for (int tileRow = 0; tileRow < ${output.tilesDown}; tileRow++) {
      for (int inTile = 0; inTile < ${tile.height}; inTile++) {
        int xRow = (tileRow * ${tile.height} + inTile) * ${stride} + row - ${padding};
        if (xRow < 0 || xRow >= ${input.side}) continue;
        int dLine = (image * ${output.tilesDown} + tileRow) * ${output.tilesAcross};
        int xLine = (image * ${input.tilesDown} + ${divide('xRow', tile.height)}) * ${input.tilesAcross};
        int dLayer = inTile * ${tile.width};
        int xLayer = (xRow & ${tile.height - 1}) * ${tile.width};
        ${stride === 1 && kernelSize === 3 ? slidingRow(output, lanes) : jumpingRow(geometry, lanes)}
      }
    }
  }
  ${repeat(targets, (t) => `o${t} = s${t};`)}
}`,
  }
}

/** The lanes of this fragment of a texel of x. */
const chosen = (lanes: number, value: string): string =>
  lanes === 4 ? value : lanes === 2 ? `(lane == 0 ? ${value}.xy : ${value}.zw)` : `${value}[lane]`

const lanesType = (lanes: number): string => (lanes === 4 ? 'vec4' : lanes === 2 ? 'vec2' : 'float')

const add = (lanes: number, column: number, x: string, d: string): string =>
  repeat(lanes, (lane) => `s${column * lanes + lane} += ${lanes === 1 ? x : `${x}.${'xyzw'[lane]}`} * ${d};`)

/** A row of pixels from left to right: every texel of x and of dy is fetched once, and stays for the next two pixels. */
const slidingRow = (grid: Grid, lanes: number): string => {
  const { tile, tilesAcross } = grid
  const x = (at: number): string => (at < 0 ? `before${-at}` : `x${at}`)
  return `${lanesType(lanes)} before1 = ${lanesType(lanes)}(0.0), before2 = before1;
        vec4 dBefore = vec4(0.0), fetched;
        for (int tileColumn = 0; tileColumn < ${tilesAcross}; tileColumn++) {
          ivec2 xAt = xOrigin + ${positionText(grid, 'xLine + tileColumn')};
          ivec2 dAt = dOrigin + ${positionText(grid, 'dLine + tileColumn')};
          ${repeat(tile.width, (at) => `fetched = texelFetch(x, ivec3(xAt, xLayer + ${at}), 0); ${lanesType(lanes)} x${at} = ${chosen(lanes, 'fetched')};`)}
          ${repeat(tile.width, (at) => `vec4 d${at} = texelFetch(dy, ivec3(dAt, dLayer + ${at}), 0);`)}
          ${repeat(tile.width, (at) => [0, 1, 2].map((column) => add(lanes, column, x(at + column - 2), at === 0 ? 'dBefore' : `d${at - 1}`)).join('\n'))}
          before2 = x${tile.width - 2};
          before1 = x${tile.width - 1};
          dBefore = d${tile.width - 1};
        }
        ${[0, 1].map((column) => add(lanes, column, column === 0 ? 'before2' : 'before1', 'dBefore')).join('\n')}`
}

const jumpingRow = ({ kernelSize, stride, padding, input, output }: ConvGeometry, lanes: number): string => {
  const { tile } = output
  const offsets = [
    ...new Set(
      Array.from({ length: tile.width }, (_, at) =>
        Array.from({ length: kernelSize }, (_, column) => at * stride + column - padding),
      ).flat(),
    ),
  ]
  const name = (offset: number): string => (offset < 0 ? `xm${-offset}` : `x${offset}`)
  const load = offsets.map((offset) => {
    const q = Math.floor(offset / tile.width)
    const layer = offset - q * tile.width
    return `fetched = vec4(0.0);
          {
            int tileOfX = tileColumn * ${stride} + ${q};
            if (tileOfX >= 0 && tileOfX < ${input.tilesAcross}) fetched = texelFetch(x, ivec3(xOrigin + ${positionText(input, 'xLine + tileOfX')}, xLayer + ${layer}), 0);
          }
          ${lanesType(lanes)} ${name(offset)} = ${chosen(lanes, 'fetched')};`
  })
  return `vec4 fetched;
        for (int tileColumn = 0; tileColumn < ${output.tilesAcross}; tileColumn++) {
          ivec2 dAt = dOrigin + ${positionText(output, 'dLine + tileColumn')};
          ${load.join('\n          ')}
          ${repeat(tile.width, (at) => `vec4 d${at} = texelFetch(dy, ivec3(dAt, dLayer + ${at}), 0);`)}
          ${repeat(tile.width, (at) => Array.from({ length: kernelSize }, (_, column) => add(lanes, column, name(at * stride + column - padding), `d${at}`)).join('\n'))}
        }`
}
