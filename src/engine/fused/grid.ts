/** Pixels that one fragment computes, each for one render target: a power of two on each side. */
export interface Tile {
  readonly width: 2 | 4
  readonly height: 2
}

/** As many pixels as there are render targets. */
export const tileOf = (targets: 4 | 8): Tile => ({ width: targets === 8 ? 4 : 2, height: 2 })

export const layersOf = ({ width, height }: Tile): number => width * height

/**
 * How the activations of all networks lie in one array texture. A texel holds 4 channels of one pixel; a layer holds those pixels that
 * have the same place within their tiles, so a fragment that writes to all layers computes a tile. The texels of one network's
 * 4 channels are a rectangular block: tiles by image, row and column, folded into lines of `blockWidth`.
 */
export interface Grid {
  readonly tile: Tile
  readonly images: number
  /** Pixels of a row. */
  readonly side: number
  readonly channels: number
  readonly networks: number
  readonly tilesAcross: number
  readonly tilesDown: number
  /** Whether some pixels of the last tiles lie outside the image; they hold zeros. */
  readonly isPadded: boolean
  /** Fours of channels of one network. */
  readonly channelBlocks: number
  /** A power of two. */
  readonly blockWidth: number
  readonly blockHeight: number
  /** Blocks beside one another; the others lie below. */
  readonly blocksAcross: number
  readonly width: number
  readonly height: number
}

export interface GridRequest {
  readonly tile: Tile
  readonly images: number
  readonly side: number
  readonly channels: number
  readonly networks: number
  readonly maxTextureSide: number
}

/** Throws a RangeError where the texture would be too large for the device. */
export const gridOf = (request: GridRequest): Grid => {
  const { tile, images, side, channels, networks, maxTextureSide } = request
  const tilesAcross = Math.ceil(side / tile.width)
  const tilesDown = Math.ceil(side / tile.height)
  const positions = images * tilesAcross * tilesDown
  const channelBlocks = Math.ceil(channels / 4)
  const blocks = networks * channelBlocks
  // Nearly square: the two triangles of a block then share few fragments.
  const blockWidth = Math.min(2 ** Math.ceil(Math.log2(Math.sqrt(positions))), maxTextureSide)
  const blockHeight = Math.ceil(positions / blockWidth)
  const blocksAcross = Math.min(blocks, Math.floor(maxTextureSide / blockWidth))
  const height = Math.ceil(blocks / blocksAcross) * blockHeight
  if (height > maxTextureSide)
    throw new RangeError(
      `An activation of ${images} images would need a texture of ${height} rows, and this device has ${maxTextureSide}.`,
    )
  return {
    tile,
    images,
    side,
    channels,
    networks,
    tilesAcross,
    tilesDown,
    isPadded: side % tile.width !== 0 || side % tile.height !== 0,
    channelBlocks,
    blockWidth,
    blockHeight,
    blocksAcross,
    width: blocksAcross * blockWidth,
    height,
  }
}

/** Where a number of an activation lies: layer, and index of the float in it. */
export const locate = (
  grid: Grid,
  network: number,
  image: number,
  row: number,
  column: number,
  channel: number,
): { readonly layer: number; readonly index: number } => {
  const { tile, tilesAcross, tilesDown, blockWidth, blockHeight, blocksAcross, width } = grid
  const layer = (row % tile.height) * tile.width + (column % tile.width)
  const tileRow = Math.floor(row / tile.height)
  const tileColumn = Math.floor(column / tile.width)
  const position = (image * tilesDown + tileRow) * tilesAcross + tileColumn
  const block = network * grid.channelBlocks + Math.floor(channel / 4)
  const x = (block % blocksAcross) * blockWidth + (position % blockWidth)
  const y = Math.floor(block / blocksAcross) * blockHeight + Math.floor(position / blockWidth)
  return { layer, index: (y * width + x) * 4 + (channel % 4) }
}
