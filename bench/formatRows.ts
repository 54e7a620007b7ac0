import type { BenchRow } from './BenchRow.ts'

/** A table for people: one row a contender, times in milliseconds a step. */
export const formatRows = (rows: readonly BenchRow[]): string => {
  const cells = [
    ['networks', 'batch', 'executor', 'backend', 'ms a step', 'first step', 'steps a second', 'times stock'],
    ...rows.map((row) => [
      row.label,
      String(row.batch),
      row.executor,
      row.backend,
      row.stepMs.toFixed(row.stepMs < 100 ? 1 : 0),
      row.firstStepMs.toFixed(0),
      (1000 / row.stepMs).toFixed(row.stepMs > 1000 ? 2 : 1),
      row.timesStock === null ? '' : row.timesStock.toFixed(1),
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 2 || column === 3
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
