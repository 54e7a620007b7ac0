import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { type Grid, gridOf, layersOf, type Tile, tileOf } from './grid.ts'
import { type Buffer, type Launch, type UniformValue, type Viewport, wholeOf } from './launch.ts'
import { Atlas, atlasWidth, type Partials, partialsVector } from './partials.ts'
import { type Shader, wholeVertex } from './shaders/shader.ts'
import { entryNamed, type StateLayout } from './stateLayout.ts'

/** What a context can do, as far as plans depend on it. */
export interface FusedLimits {
  /** Longest side of a texture, texels. */
  readonly maxTextureSide: number
  /** Render targets of four 32-bit floats that one draw can write: 4 or 8. */
  readonly targets: 4 | 8
}

/** What all passes over batches of one size have in common. */
export interface PassRequest {
  readonly plan: NetworkPlan
  readonly networks: number
  readonly images: number
  readonly limits: FusedLimits
  readonly layout: StateLayout
}

/** An activation, or a gradient of one. */
export interface Activation {
  readonly buffer: Buffer
  readonly grid: Grid
}

/** What a gradient is multiplied by: base + slope · strength of the block's shortcut. */
export interface Factor {
  readonly base: number
  readonly slope: number
  readonly block: number
}

/** Buffers and launches of passes over batches of one size, in the making. */
export class PassPlanner {
  readonly tile: Tile
  readonly gradients: Atlas
  readonly moments: Atlas
  readonly scalars: Atlas
  launches: Launch[] = []
  private readonly grids = new Map<string, Grid>()
  private readonly kept = new Map<string, Buffer>()

  constructor(readonly request: PassRequest) {
    this.tile = tileOf(request.limits.targets)
    this.gradients = new Atlas(request.networks)
    this.moments = new Atlas(request.networks)
    this.scalars = new Atlas(request.networks)
  }

  grid(side: number, channels: number, networks = this.request.networks): Grid {
    const key = `${side}/${channels}/${networks}`
    const known = this.grids.get(key)
    if (known !== undefined) return known
    const { images, limits } = this.request
    const { maxTextureSide } = limits
    const grid = gridOf({ tile: this.tile, images, side, channels, networks, maxTextureSide })
    this.grids.set(key, grid)
    return grid
  }

  activation(label: string, grid: Grid): Activation {
    const { width, height } = grid
    return {
      grid,
      buffer: { label, width, height, layers: layersOf(this.tile), isKept: false, isSwapped: false },
    }
  }

  /** A column for each image, `lines` for each network. */
  plane(label: string, lines: number): Buffer {
    const { images, networks } = this.request
    return { label, width: images, height: lines * networks, layers: null, isKept: false, isSwapped: false }
  }

  /** Of the size of the whole state. */
  statePlane(label: string): Buffer {
    const { layout, networks } = this.request
    const { width, lines } = layout
    return { label, width, height: lines * networks, layers: null, isKept: false, isSwapped: false }
  }

  /** What stays from pass to pass: made once for each name; its height may grow until all is planned. */
  keptNamed(label: string): Buffer {
    const known = this.kept.get(label)
    if (known !== undefined) return known
    const buffer = this.makeKept(label)
    this.kept.set(label, buffer)
    return buffer
  }

  private makeKept(label: string): Buffer {
    const { images, networks, layout, plan } = this.request
    const base = { label, layers: null, isKept: true, isSwapped: false }
    const atlas = (of: Atlas, layers: number | null): Buffer => ({
      ...base,
      layers,
      width: atlasWidth,
      // Known when everything is planned.
      get height() {
        return Math.max(1, of.height)
      },
    })
    switch (label) {
      case 'values':
      case 'momentum':
      case 'collected':
        return stateBuffer(label, layout, networks)
      case 'lookup':
        return { ...base, width: layout.width, height: layout.lines, layers: 2 }
      case 'dirac':
        return { ...base, width: layout.width, height: layout.lines }
      case 'gradients':
        // As many as a launch that sums gradients writes: three taps of two channels, or one of four.
        return atlas(this.gradients, layersOf(this.tile) === 8 ? 6 : 4)
      case 'moments':
        return atlas(this.moments, 2)
      case 'scalars':
        return atlas(this.scalars, null)
      case 'strengths':
        return { ...base, width: Math.max(1, plan.blocks.length), height: networks }
      case 'batch':
        return { ...base, width: images, height: 2 }
      case 'images':
        return { ...base, width: 1, height: 1 }
      case 'log':
      case 'evaluationLog':
        // One column more, for what nobody reads.
        return { ...base, width: logColumns + 1, height: networks }
      default:
        throw new Error(`Nothing that is kept is called ${label}.`)
    }
  }

  /** Over all of what it writes, unless a part is named. */
  draw(
    shader: Shader,
    inputs: Readonly<Record<string, Buffer>>,
    outputs: readonly Buffer[],
    uniforms: Readonly<Record<string, UniformValue>> = {},
    place: Partial<Pick<Launch, 'viewport' | 'instances'>> = {},
  ): void {
    const [first] = outputs
    if (first === undefined) throw new Error(`${shader.name} writes nothing.`)
    if (shader.vertex !== wholeVertex && place.instances === undefined)
      throw new Error(`${shader.name} is drawn in blocks.`)
    this.launches.push({
      shader,
      inputs,
      outputs,
      uniforms,
      viewport: place.viewport === undefined ? wholeOf(first) : place.viewport,
      instances: place.instances ?? null,
    })
  }

  /** First texel of a tensor within a network. */
  first(name: string): number {
    return entryNamed(this.request.layout, name).first
  }

  /** The lines of all networks. */
  linesOf({ top, lines }: Partials): Viewport {
    return { x: 0, y: top, width: atlasWidth, height: lines * this.request.networks }
  }

  /** Draws a shader that sums over images into `partials` of an atlas. */
  drawParts(
    shader: Shader,
    inputs: Readonly<Record<string, Buffer>>,
    atlas: Buffer,
    partials: Partials,
    uniforms: Readonly<Record<string, UniformValue>> = {},
    pixels = 1,
  ): void {
    this.draw(
      shader,
      inputs,
      [atlas],
      {
        target: partialsVector(partials),
        cells: partials.cells,
        counts: [this.request.images, partials.imagesInPart, pixels],
        ...uniforms,
      },
      { viewport: this.linesOf(partials) },
    )
  }

  /** The same over the pixels of `grid`, by channel. */
  drawSums(
    shader: Shader,
    inputs: Readonly<Record<string, Buffer>>,
    atlas: Buffer,
    grid: Grid,
    partials: Partials,
    uniforms: Readonly<Record<string, UniformValue>> = {},
  ): void {
    this.drawParts(shader, inputs, atlas, partials, { ...placeOf(grid), ...uniforms }, grid.side ** 2)
  }
}

/** Of the size of the whole state of a group: it is read while its successor is written. */
export const stateBuffer = (label: string, { width, lines }: StateLayout, networks: number): Buffer => ({
  label,
  width,
  height: lines * networks,
  layers: null,
  isKept: true,
  isSwapped: true,
})

/** Steps that are measured before somebody must read. */
export const logColumns = 256

/** Fragments that search one network for what is no number. */
export const brokenColumns = 64

/** Uniforms `blocks` and `extent` of a shader that is drawn in blocks. */
export const blocksOf = ({
  blockWidth,
  blockHeight,
  blocksAcross,
  channelBlocks,
  width,
  height,
}: Grid): Readonly<Record<string, UniformValue>> => ({
  blocks: [blockWidth, blockHeight, blocksAcross, channelBlocks],
  extent: [width, height],
})

/** Uniforms `place` and `placeBlocks`. */
export const placeOf = ({
  tilesAcross,
  tilesDown,
  side,
  blockWidth,
  blocksAcross,
  blockHeight,
}: Grid): Readonly<Record<string, UniformValue>> => ({
  place: [tilesAcross, tilesDown, side, blockWidth],
  placeBlocks: [blocksAcross, blockHeight],
})
