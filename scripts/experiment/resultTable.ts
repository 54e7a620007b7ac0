import { digestSentence } from '../../src/domain/reproducibility.ts'
import type { RunReport } from '../../src/export/runReport.ts'

const percent = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} %`)

/** What to compare with the same run elsewhere. */
const digestLine = ({ weightsDigest, reproducible, spec }: RunReport): readonly string[] => {
  if (weightsDigest === null || reproducible === null) return []
  const repetition = { device: { reproducible }, source: spec.dataset.source }
  return [`weights ${weightsDigest}: ${digestSentence(repetition)}`]
}

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
  const { executor, backend, threads, seed, seconds, stepsTaken, verdict } = report
  return [
    line(head),
    ...rows.map(line),
    '',
    `${stepsTaken} steps in ${seconds.toFixed(0)} s on ${backend} (${executor}, ${threads === 1 ? '1 thread' : `${threads} threads`}), seed ${seed}`,
    ...digestLine(report),
    verdict.sentence,
  ].join('\n')
}
