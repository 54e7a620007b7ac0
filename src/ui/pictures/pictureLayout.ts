/** Deepest stage whose blocks are all drawn one by one: 9 blocks a stage are 56 layers. */
export const unfoldedBlocksPerStage = 9
/** Blocks drawn one by one before the rest of a longer stage is folded into one box. */
const blocksBeforeFold = 3
/** Columns that a folded box takes. */
const foldColumns = 3
const stageCount = 3
/** Width of a block and its gap below which the drawing scrolls. */
const narrowestPitch = 16

export interface PictureMeasures {
  /** Width that there is, pixels. */
  readonly width: number
  /** Pixels a CSS pixel of the design: above 1 on a projector. */
  readonly scale: number
}

export interface DrawnBlocks {
  readonly x: number
  readonly width: number
  readonly stage: number
  /** Indices of the blocks in it, through all stages: one, or those folded into it. */
  readonly blocks: readonly number[]
}

export interface NetworkLayout {
  readonly boxes: readonly DrawnBlocks[]
}

export interface PictureLayout {
  /** Width of the drawing; more than was given where the blocks would become too narrow to hit. */
  readonly width: number
  readonly gap: number
  readonly endWidth: number
  readonly stageStarts: readonly number[]
  readonly headX: number
  readonly networks: readonly NetworkLayout[]
}

/**
 * Where every block of every network is drawn: one set of columns for all, so that equal stages stand under one another and a
 * shallow network is seen to be contained in a deeper one. Stages of more than 9 blocks are folded.
 */
export const layoutPicture = (
  blocksPerStage: readonly number[],
  { width, scale }: PictureMeasures,
): PictureLayout => {
  const most = Math.max(1, ...blocksPerStage)
  const folds = most > unfoldedBlocksPerStage
  const columns = folds ? blocksBeforeFold + foldColumns : most
  const endWidth = Math.round(28 * scale)
  const stageGap = 7 * scale
  const available = width - 2 * endWidth - (stageCount - 1) * stageGap - 6 * scale
  const wished = available / (stageCount * columns)
  const pitch = Math.min(64 * scale, Math.max(narrowestPitch * scale, wished))
  const gap = pitch >= 30 * scale ? 6 * scale : 4 * scale

  const stageStarts = Array.from(
    { length: stageCount },
    (_, stage) => endWidth + gap + stage * (columns * pitch + stageGap),
  )
  const headX = (stageStarts.at(-1) ?? 0) + columns * pitch

  const networks = blocksPerStage.map((perStage): NetworkLayout => {
    const boxes: DrawnBlocks[] = []
    for (const [stageIndex, start] of stageStarts.entries()) {
      const first = stageIndex * perStage
      const singles = folds && perStage > blocksBeforeFold + 1 ? blocksBeforeFold : perStage
      for (let i = 0; i < singles; i++)
        boxes.push({
          x: start + i * pitch,
          width: pitch - gap,
          stage: stageIndex + 1,
          blocks: [first + i],
        })
      if (singles < perStage)
        boxes.push({
          x: start + singles * pitch,
          width: foldColumns * pitch - gap,
          stage: stageIndex + 1,
          blocks: Array.from({ length: perStage - singles }, (_, i) => first + singles + i),
        })
    }
    return { boxes }
  })
  return { width: headX + endWidth, gap, endWidth, stageStarts, headX, networks }
}
