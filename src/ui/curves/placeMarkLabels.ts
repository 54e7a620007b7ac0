export interface MarkLabelRequest {
  readonly x: number
  /** Widths of the ways to say it, the best first. */
  readonly widths: readonly number[]
}

export interface MarkLabelPlace {
  /** Which of the widths. */
  readonly wording: number
  /** 0 is above the plot, others are lines of text below its upper edge. */
  readonly lane: number
  readonly side: 'right' | 'left'
}

/**
 * Gives each mark's words a place beside its line where they cover no other words; null where there is none left, and the line
 * alone must do. Requests come in order of x.
 */
export const placeMarkLabels = (
  requests: readonly MarkLabelRequest[],
  left: number,
  right: number,
  lanes: number,
): readonly (MarkLabelPlace | null)[] => {
  const taken: { from: number; to: number }[][] = Array.from({ length: lanes }, () => [])
  return requests.map(({ x, widths }) => {
    for (const [wording, width] of widths.entries()) {
      const sides = [
        { side: 'right' as const, from: x, to: x + width },
        { side: 'left' as const, from: x - width, to: x },
      ].filter(({ from, to }) => from >= left && to <= right)
      for (const [lane, spans] of taken.entries())
        for (const { side, from, to } of sides)
          if (spans.every((span) => to <= span.from || from >= span.to)) {
            spans.push({ from, to })
            return { lane, side, wording }
          }
    }
    return null
  })
}
