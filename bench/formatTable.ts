export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Words stand at the left, numbers at the right. */
  readonly isText?: boolean
}

/** A table for people, one line a row. */
export const formatTable = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string => {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
  ]
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return columns[column]?.isText === true ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Milliseconds and rates: three digits or so. */
export const short = (value: number): string => {
  if (value >= 100) return value.toFixed(0)
  return value.toFixed(value < 10 ? 2 : 1)
}

/** The same, empty where there is no value. */
export const shortOrEmpty = (value: number | null): string => (value === null ? '' : short(value))
