/** Heights of one network's drawing, pixels. */
export interface RowMeasures {
  readonly scale: number
  /** Where the blocks begin: above is the arcs' room. */
  readonly top: number
  readonly blockHeight: number
  readonly height: number
}

/** Five and six networks are drawn lower, so that the curves below keep their room. */
export const rowMeasures = (networks: number, scale: number): RowMeasures => {
  const dense = networks > 4
  const top = (dense ? 15 : 19) * scale
  const blockHeight = (dense ? 18 : 22) * scale
  return { scale, top, blockHeight, height: top + blockHeight + 4 * scale }
}
