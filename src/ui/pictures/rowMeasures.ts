/** Heights of one network's drawing, pixels. */
export interface RowMeasures {
  readonly scale: number
  /** Where the blocks begin: above is the arcs' room. */
  readonly top: number
  readonly blockHeight: number
  readonly height: number
  /** Down to here a click means the arc, below it the block: both are high enough to hit (WCAG 2.5.8). */
  readonly arcHeight: number
}

/** Five and six networks are drawn lower, so that the curves below keep their room. */
export const rowMeasures = (networks: number, scale: number): RowMeasures => {
  const dense = networks > 4
  const top = (dense ? 15 : 19) * scale
  const blockHeight = (dense ? 18 : 22) * scale
  const height = top + blockHeight + (dense ? 4 : 7) * scale
  return { scale, top, blockHeight, height, arcHeight: top + (dense ? 3 : 5) * scale }
}
