import type { RunReport } from '../../src/export/runReport.ts'

const percent = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} %`)

/** The results as a table for a terminal, and the verdict under it. */
export const resultTable = (report: RunReport): string => {
  const head = ['network', 'depth', 'shortcut', 'parameters', 'training error', 'validation error']
  const rows = report.networks.map(({ label, depth, shortcut, parameters, final }) => [
    label,
    String(depth),
    shortcut,
    parameters.toLocaleString('en'),
    percent(final.trainingError),
    percent(final.validationError),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      // Words to the left, numbers to the right.
      .map((cell, column) =>
        column === 0 || column === 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd()
  const { executor, backend, seed, seconds, stepsTaken, verdict } = report
  return [
    line(head),
    ...rows.map(line),
    '',
    `${stepsTaken} steps in ${seconds.toFixed(0)} s on ${backend} (${executor}), seed ${seed}`,
    verdict.sentence,
  ].join('\n')
}
