import type { LayerTable } from '../../domain/layerTable.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'

/** Pixels at scale 1. */
const endWidth = 30
const poolWidth = 12
const widestBlock = 44
const widestFold = 74
/** Share of its stage that the first block takes where others are folded behind it. */
const firstShare = 0.38

/** A block, or the rest of a stage folded into one box. */
export interface FoldedBox {
  readonly x: number
  readonly width: number
  /** The first of them; the others are like it. */
  readonly block: BlockPlan
  readonly count: number
}

export interface FoldedStage {
  readonly x: number
  readonly width: number
  readonly outputChannels: number
  readonly outputSide: number
  /** Layers of F, and groups of each. */
  readonly groups: readonly number[]
  readonly boxes: readonly FoldedBox[]
}

/** Where everything is drawn, left to right, pixels. */
export interface FoldedPicture {
  readonly width: number
  readonly gap: number
  readonly endWidth: number
  /** Side of the stem's kernel. */
  readonly stemKernel: number
  readonly pool: { readonly x: number; readonly width: number } | null
  readonly stages: readonly FoldedStage[]
  readonly headX: number
}

/** A network with all blocks of a stage after the first folded into one box: every depth takes the same room. */
export const foldedLayout = (
  { rows }: LayerTable,
  { width, scale }: { readonly width: number; readonly scale: number },
): FoldedPicture => {
  const stageRows = rows.filter(({ kind }) => kind === 'stage')
  const hasPool = rows.some(({ kind }) => kind === 'max-pool')
  // Room for the arcs' feet beside the shadow of a folded box.
  const gap = (width < 480 * scale ? 5 : 9) * scale
  const ends = 2 * endWidth * scale + (hasPool ? poolWidth * scale + gap : 0)
  const pitch = (width - ends - gap) / Math.max(1, stageRows.length)
  const inner = pitch - 3 * gap
  const firstWidth = Math.min(widestBlock * scale, Math.max(8, firstShare * inner))
  const foldWidth = Math.min(widestFold * scale, Math.max(8, (1 - firstShare) * inner))

  let x = endWidth * scale + gap
  const pool = hasPool ? { x, width: poolWidth * scale } : null
  if (pool !== null) x += pool.width + gap
  const stages = stageRows.map((row): FoldedStage => {
    const start = x + gap / 2
    const boxes: FoldedBox[] = []
    let left = start
    for (const [block, count, boxWidth] of [
      [row.blocks[0], 1, firstWidth],
      [row.blocks[1], row.blocks.length - 1, row.blocks.length === 2 ? firstWidth : foldWidth],
    ] as const) {
      if (block === undefined) continue
      boxes.push({ x: left, width: boxWidth, block, count })
      left += boxWidth + gap
    }
    // Equal stages of two networks keep equal room, however many blocks they have.
    x = start + firstWidth + foldWidth + 2.5 * gap
    return {
      x: start,
      width: x - start - gap,
      outputChannels: row.outputChannels,
      outputSide: row.outputSide,
      groups: row.convs.map(({ groups }) => groups),
      boxes,
    }
  })
  return {
    width: x + endWidth * scale,
    gap,
    endWidth: endWidth * scale,
    stemKernel: rows[0]?.convs[0]?.kernelSize ?? 3,
    pool,
    stages,
    headX: x,
  }
}
