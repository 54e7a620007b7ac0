/** Deepest stage whose blocks are all drawn one by one: 9 blocks a stage are 56 layers. */
export const unfoldedBlocksPerStage = 9
/** Blocks drawn one by one before the rest of a longer stage is folded into one box. */
const blocksBeforeFold = 3
/** Columns that a folded box takes. */
const foldColumns = 3
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

/** The block by which a box is named: its first. */
export const boxPart = ({ blocks }: DrawnBlocks): number => blocks[0] ?? 0

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

/** Columns of one stage: as many as its longest takes in any network. */
interface StageColumns {
  readonly start: number
  readonly columns: number
  readonly folds: boolean
}

/**
 * Where every block of every network is drawn: one set of columns for all, so that equal stages stand under one another and a
 * shallow network is seen to be contained in a deeper one. Stages of more than 9 blocks are folded. A network with fewer stages
 * than another passes the rest as a wire.
 * @param networks blocks of each stage, for each network
 */
export const layoutPicture = (
  networks: readonly (readonly number[])[],
  { width, scale }: PictureMeasures,
): PictureLayout => {
  const stageCount = Math.max(1, ...networks.map((stages) => stages.length))
  const longest = Array.from({ length: stageCount }, (_, stage) =>
    Math.max(1, ...networks.map((stages) => stages[stage] ?? 0)),
  )
  const columnsOf = (most: number): number =>
    most > unfoldedBlocksPerStage ? blocksBeforeFold + foldColumns : most
  const allColumns = longest.reduce((sum, most) => sum + columnsOf(most), 0)
  const endWidth = Math.round(28 * scale)
  const stageGap = 7 * scale
  const available = width - 2 * endWidth - (stageCount - 1) * stageGap - 6 * scale
  const wished = available / allColumns
  const pitch = Math.min(64 * scale, Math.max(narrowestPitch * scale, wished))
  const gap = pitch >= 30 * scale ? 6 * scale : 4 * scale

  const stages: StageColumns[] = []
  let start = endWidth + gap
  for (const most of longest) {
    const columns = columnsOf(most)
    stages.push({ start, columns, folds: most > unfoldedBlocksPerStage })
    start += columns * pitch + stageGap
  }
  const headX = start - stageGap

  return {
    width: headX + endWidth,
    gap,
    endWidth,
    stageStarts: stages.map((stage) => stage.start),
    headX,
    networks: networks.map((blocks) => ({ boxes: boxesOf(blocks, stages, pitch, gap) })),
  }
}

const boxesOf = (
  blocksPerStage: readonly number[],
  stages: readonly StageColumns[],
  pitch: number,
  gap: number,
): readonly DrawnBlocks[] => {
  const boxes: DrawnBlocks[] = []
  let first = 0
  for (const [index, count] of blocksPerStage.entries()) {
    const { start, folds } = stages[index] ?? { start: 0, folds: false }
    const stage = index + 1
    const singles = folds && count > blocksBeforeFold + 1 ? blocksBeforeFold : count
    for (let i = 0; i < singles; i++)
      boxes.push({ x: start + i * pitch, width: pitch - gap, stage, blocks: [first + i] })
    const folded = Array.from({ length: count - singles }, (_, i) => first + singles + i)
    if (folded.length > 0)
      boxes.push({ x: start + singles * pitch, width: foldColumns * pitch - gap, stage, blocks: folded })
    first += count
  }
  return boxes
}
