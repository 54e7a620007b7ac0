import { type Grid, layersOf, type Tile } from '../grid.ts'
import { divide, modulo, repeat } from './shader.ts'

/** Texel of a block's first tile. */
export const blockOrigin = (
  { blockWidth, blockHeight, blocksAcross, channelBlocks, networks }: Grid,
  block: string,
): string =>
  blocksAcross >= channelBlocks * networks
    ? `ivec2((${block}) * ${blockWidth}, 0)`
    : `ivec2(((${block}) % ${blocksAcross}) * ${blockWidth}, ((${block}) / ${blocksAcross}) * ${blockHeight})`

/** Texel of a tile within its block. */
export const positionText = ({ blockWidth }: Grid, position: string): string =>
  `ivec2(${modulo(position, blockWidth)}, ${divide(position, blockWidth)})`

/** Declares `network`, `channelBlock`, `image`, `tileRow`, `tileColumn` of the fragment, and leaves where there is no tile. */
export const decodeFragment = (grid: Grid): string => {
  const { blockWidth, blockHeight, blocksAcross, channelBlocks, networks, tilesAcross, tilesDown, images } =
    grid
  const blocks = channelBlocks * networks
  const isOneLine = blocksAcross >= blocks
  return `ivec2 texel = ivec2(gl_FragCoord.xy);
  int block = ${isOneLine ? divide('texel.x', blockWidth) : `(texel.y / ${blockHeight}) * ${blocksAcross} + ${divide('texel.x', blockWidth)}`};
  ${isOneLine ? '' : `texel.y %= ${blockHeight};`}
  int position = texel.y * ${blockWidth} + ${modulo('texel.x', blockWidth)};
  ${isOneLine && images * tilesAcross * tilesDown === blockWidth * blockHeight ? '' : `if (block >= ${blocks} || position >= ${images * tilesAcross * tilesDown}) discard;`}
  int network = ${divide('block', channelBlocks)};
  int channelBlock = block - network * ${channelBlocks};
  int image = ${divide('position', tilesAcross * tilesDown)};
  int tileInImage = position - image * ${tilesAcross * tilesDown};
  int tileRow = ${divide('tileInImage', tilesAcross)};
  int tileColumn = tileInImage - tileRow * ${tilesAcross};`
}

/** Of a tile at `tileRow`, `tileColumn`: whether the pixel of a target lies in the image. */
export const isInside = ({ width, height }: Tile, target: number, side: number | string): string =>
  `tileRow * ${height} + ${Math.floor(target / width)} < ${side} && tileColumn * ${width} + ${target % width} < ${side}`

/** Declares `valid0` …: 1 where the pixel of a target lies in the image, else 0; nothing where all do. */
export const validity = (
  { tile, isPadded }: Pick<Grid, 'tile' | 'isPadded'>,
  side: number | string,
): string =>
  isPadded ? repeat(layersOf(tile), (t) => `float valid${t} = ${isInside(tile, t, side)} ? 1.0 : 0.0;`) : ''

/** ` * valid3`, or nothing where every pixel of every tile lies in the image. */
export const timesValid = ({ isPadded }: Pick<Grid, 'isPadded'>, target: number): string =>
  isPadded ? ` * valid${target}` : ''
