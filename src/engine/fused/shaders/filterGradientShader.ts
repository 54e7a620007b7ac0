import { type Grid, layersOf } from '../grid.ts'
import { decodePart, partsUniforms } from './blocks.ts'
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

export const filterGradient = (geometry: ConvGeometry): Shader => {
  const { kernelSize, stride, input, output, groupInputs, groupOutputs } = geometry
  const { lanes, cellsInRun } = filterCells(kernelSize, layersOf(input.tile))
  const parts = 4 / lanes
  const isShared = input.networks === 1
  const targets = kernelSize * lanes
  const { tile } = output
  const rowOfTiles = (tileRow: string): string => `{
      int dLine = (image * ${output.tilesDown} + ${tileRow}) * ${output.tilesAcross};
      ${repeat(tile.height, (inTile) => beginRow(geometry, tileRow, inTile))}
      ${stride === 1 && kernelSize === 3 ? slidingRows(output, lanes) : jumpingRows(geometry, lanes)}
    }`
  return {
    name: `filter gradient of a convolution ${kernelSize}×${kernelSize}, ${input.channels} to ${output.channels} channels`,
    samplers: { x: 'stack', dy: 'stack' },
    uniforms: partsUniforms,
    targets,
    vertex: wholeVertex,
    fragment: `void main() {
${decodePart}
  int run = cell / ${cellsInRun};
  int inRun = cell - run * ${cellsInRun};
  int row = inRun / ${parts};
  int lane = (inRun - row * ${parts}) * ${lanes};
  int outputBlock = run / ${groupInputs};
  int inputBlock = (outputBlock / ${groupOutputs}) * ${groupInputs} + run - outputBlock * ${groupInputs};
  ivec2 xOrigin = ${blockOrigin(input, `${isShared ? '' : `network * ${input.channelBlocks} + `}inputBlock`)};
  ivec2 dOrigin = ${blockOrigin(output, `network * ${output.channelBlocks} + outputBlock`)};
  ${repeat(targets, (t) => `vec4 s${t} = vec4(0.0);`)}
  for (int image = firstImage; image < endImage; image++) {
    ${
      output.tilesDown * output.tilesAcross <= mostUnrolled
        ? repeat(output.tilesDown, (at) => rowOfTiles(`${at}`))
        : `for (int tileRow = 0; tileRow < ${output.tilesDown}; tileRow++) ${rowOfTiles('tileRow')}`
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

const laneOf = (lanes: number, x: string, lane: number): string => (lanes === 1 ? x : `${x}.${'xyzw'[lane]}`)

/**
 * Adds, for every lane, what some pixels give to a tap: one product of a matrix (dy, a column for each pixel) and a vector (x). Written out
 * sum by sum it takes a quarter longer where the processor draws.
 */
const addPixels = (
  lanes: number,
  column: number,
  dMatrix: string,
  pixels: readonly (string | null)[],
): string =>
  repeat(lanes, (lane) => {
    const values = pixels.map((x) => (x === null ? '0.0' : laneOf(lanes, x, lane)))
    return `s${column * lanes + lane} += ${dMatrix} * vec${pixels.length}(${values.join(', ')});`
  })

/** A column for each pixel. */
const matrixOf = (pixels: readonly string[]): string => `mat${pixels.length}x4(${pixels.join(', ')})`

/** The row of x that meets row `inTile` of a tile of dy; `inside`: 0 where there is none. */
const beginRow = (
  { stride, padding, input, output }: ConvGeometry,
  tileRow: string,
  inTile: number,
): string => {
  const { tile } = output
  return `int xRow${inTile} = (${tileRow} * ${tile.height} + ${inTile}) * ${stride} + row - ${padding};
      float inside${inTile} = xRow${inTile} >= 0 && xRow${inTile} < ${input.side} ? 1.0 : 0.0;
      xRow${inTile} = clamp(xRow${inTile}, 0, ${input.side - 1});
      int xLine${inTile} = (image * ${input.tilesDown} + ${divide(`xRow${inTile}`, tile.height)}) * ${input.tilesAcross};
      int xLayer${inTile} = (xRow${inTile} & ${tile.height - 1}) * ${tile.width};`
}

/** Tiles of a row that are written out one after the other; a longer row is a loop, which costs registers and time. */
const mostUnrolled = 4

/** Of both rows of a tile, from left to right: every texel of x and of dy is fetched once, and stays for the next pixels. */
const slidingRows = (grid: Grid, lanes: number): string =>
  grid.tilesAcross <= mostUnrolled ? writtenOutRows(grid, lanes) : loopedRows(grid, lanes)

/** Loads a tile's row of x and dy into variables that are named by pixel. */
const loadRow = (
  grid: Grid,
  lanes: number,
  tileColumn: string,
  row: number,
  name: (pixel: number) => string,
): string => {
  const { width } = grid.tile
  return `{
        ivec2 xAt = xOrigin + ${positionText(grid, `xLine${row} + ${tileColumn}`)};
        ivec2 dAt = dOrigin + ${positionText(grid, `dLine + ${tileColumn}`)};
        ${repeat(width, (pixel) => `fetched = texelFetch(x, ivec3(xAt, xLayer${row} + ${pixel}), 0); x${name(pixel)} = ${chosen(lanes, 'fetched')} * inside${row};`)}
        ${repeat(width, (pixel) => `d${name(pixel)} = texelFetch(dy, ivec3(dAt, ${row * width + pixel}), 0);`)}
      }`
}

const writtenOutRows = (grid: Grid, lanes: number): string => {
  const { tile, tilesAcross } = grid
  const pixels = tile.width * tilesAcross
  const row = (row: number): string => {
    const variable = (pixel: number): string => `${pixel}_${row}`
    const load = (tileColumn: number): string =>
      loadRow(grid, lanes, `${tileColumn}`, row, (pixel) => variable(tileColumn * tile.width + pixel))
    const products = (tileColumn: number): string => {
      const first = tileColumn * tile.width
      const ofTile = Array.from({ length: tile.width }, (_, pixel) => first + pixel)
      return `dMatrix = ${matrixOf(ofTile.map((pixel) => `d${variable(pixel)}`))};
      ${repeat(3, (column) =>
        addPixels(
          lanes,
          column,
          'dMatrix',
          ofTile.map((pixel) => {
            const at = pixel + column - 1
            return at < 0 || at >= pixels ? null : `x${variable(at)}`
          }),
        ),
      )}`
    }
    return `${lanesType(lanes)} ${Array.from({ length: pixels }, (_, pixel) => `x${variable(pixel)}`).join(', ')};
      vec4 ${Array.from({ length: pixels }, (_, pixel) => `d${variable(pixel)}`).join(', ')};
      ${load(0)}
      ${repeat(tilesAcross, (tileColumn) => `${tileColumn + 1 < tilesAcross ? load(tileColumn + 1) : ''}\n${products(tileColumn)}`)}`
  }
  return `vec4 fetched;
      mat${tile.width}x4 dMatrix;
      ${repeat(tile.height, row)}`
}

/** The same in a loop, which is one pixel late: a pixel needs the next one of x. */
const loopedRows = (grid: Grid, lanes: number): string => {
  const { tile, tilesAcross } = grid
  const { width } = tile
  const zero = `${lanesType(lanes)}(0.0)`
  const rowOfTile = (row: number): string => {
    const x = (pixel: number): string => (pixel < 0 ? `before${-pixel}_${row}` : `x${pixel}`)
    const d = [`dBefore${row}`, ...Array.from({ length: width - 1 }, (_, pixel) => `d${pixel}`)]
    return `{
        ${lanesType(lanes)} ${Array.from({ length: width }, (_, pixel) => `x${pixel}`).join(', ')};
        vec4 ${Array.from({ length: width }, (_, pixel) => `d${pixel}`).join(', ')};
        ${loadRow(grid, lanes, 'tileColumn', row, (pixel) => `${pixel}`)}
        dMatrix = ${matrixOf(d)};
        ${repeat(3, (column) =>
          addPixels(
            lanes,
            column,
            'dMatrix',
            Array.from({ length: width }, (_, pixel) => x(pixel + column - 2)),
          ),
        )}
        before2_${row} = x${width - 2};
        before1_${row} = x${width - 1};
        dBefore${row} = d${width - 1};
      }`
  }
  return `vec4 fetched;
      mat${width}x4 dMatrix;
      ${repeat(tile.height, (row) => `${lanesType(lanes)} before1_${row} = ${zero}, before2_${row} = ${zero}; vec4 dBefore${row} = vec4(0.0);`)}
      for (int tileColumn = 0; tileColumn < ${tilesAcross}; tileColumn++) {
      ${repeat(tile.height, rowOfTile)}
      }
      ${repeat(tile.height, (row) =>
        repeat(2, (column) =>
          repeat(
            lanes,
            (lane) =>
              `s${column * lanes + lane} += ${laneOf(lanes, `before${2 - column}_${row}`, lane)} * dBefore${row};`,
          ),
        ),
      )}`
}

/** The rows of a tile where windows do not overlap by one column less than they are wide. */
const jumpingRows = ({ kernelSize, stride, padding, input, output }: ConvGeometry, lanes: number): string => {
  const { tile } = output
  const offsets = [
    ...new Set(
      Array.from({ length: tile.width }, (_, at) =>
        Array.from({ length: kernelSize }, (_, column) => at * stride + column - padding),
      ).flat(),
    ),
  ]
  const name = (offset: number): string => (offset < 0 ? `xm${-offset}` : `x${offset}`)
  const load = (row: number): string =>
    offsets
      .map((offset) => {
        const q = Math.floor(offset / tile.width)
        const mayMiss = q < 0 || stride === 2
        const at = `tileColumn * ${stride} + ${q}`
        const clamped = mayMiss ? `clamp(${at}, 0, ${input.tilesAcross - 1})` : at
        const factor = mayMiss
          ? ` * (${at} >= 0 && ${at} < ${input.tilesAcross} ? inside${row} : 0.0)`
          : ` * inside${row}`
        return `fetched = texelFetch(x, ivec3(xOrigin + ${positionText(input, `xLine${row} + ${clamped}`)}, xLayer${row} + ${offset - q * tile.width}), 0);
          ${lanesType(lanes)} ${name(offset)} = ${chosen(lanes, 'fetched')}${factor};`
      })
      .join('\n')
  return `vec4 fetched;
      mat${tile.width}x4 dMatrix;
      for (int tileColumn = 0; tileColumn < ${output.tilesAcross}; tileColumn++) {
        ivec2 dAt = dOrigin + ${positionText(output, 'dLine + tileColumn')};
        ${repeat(
          tile.height,
          (row) => `{
          ${load(row)}
          ${repeat(tile.width, (at) => `vec4 d${at} = texelFetch(dy, ivec3(dAt, ${row * tile.width + at}), 0);`)}
          dMatrix = ${matrixOf(Array.from({ length: tile.width }, (_, at) => `d${at}`))};
          ${repeat(kernelSize, (column) =>
            addPixels(
              lanes,
              column,
              'dMatrix',
              Array.from({ length: tile.width }, (_, at) => name(at * stride + column - padding)),
            ),
          )}
        }`,
        )}
      }`
}
