import { useState } from 'react'
import type { Run } from '../../domain/run.ts'
import { Icon } from '../common/Icon.tsx'
import { MenuItem } from '../common/MenuItem.tsx'
import { Popover } from '../common/Popover.tsx'
import { useLab, useRuns } from '../common/useLab.ts'
import type { RunFormat } from './saveRun.ts'

const formats: readonly { readonly format: RunFormat; readonly title: string; readonly note: string }[] = [
  { format: 'csv', title: 'Numbers, CSV', note: 'Every step and evaluation of every network' },
  { format: 'json', title: 'Run, JSON', note: 'Set-up, device, verdict, switches and all points' },
  { format: 'png', title: 'Figure, PNG', note: 'The curves with their verdict, 2400 × 1600' },
  { format: 'svg', title: 'Figure, SVG', note: 'The same as a drawing, for print' },
]

/** The run as files: made here, saved by the browser. */
export const ExportMenu = () => {
  const { runs, series, viewState } = useLab()
  const hasRun = useRuns(({ run }) => run !== null && run.status !== 'preparing')
  const [problem, setProblem] = useState<string | null>(null)

  const save = async (format: RunFormat) => {
    const { run } = runs.getState()
    if (run === null) return
    const whole: Run = {
      ...run,
      steps: series.steps(),
      evaluations: series.evaluations(),
      seconds: series.seconds(),
    }
    const { smoothing, errorAxis } = viewState.getState()
    const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark'
    const theme = isDark ? 'dark' : 'light'
    try {
      // Writing files is no part of the first view.
      const { saveRun } = await import('./saveRun.ts')
      await saveRun(whole, format, { theme, smoothing, errorAxis })
      setProblem(null)
    } catch {
      setProblem('This file could not be made here. Try another format.')
    }
  }

  return (
    <Popover
      heading="Export"
      align="end"
      className="export-menu"
      buttonClass="button button--quiet"
      name="Export"
      title="Save this run as a file"
      label={
        <>
          <Icon name="export" />
          <span className="bar__word">Export</span>
        </>
      }
    >
      {(close) =>
        hasRun ? (
          <>
            {formats.map(({ format, title, note }) => (
              <MenuItem
                key={format}
                title={title}
                note={note}
                onChoose={async () => {
                  await save(format)
                  close()
                }}
              />
            ))}
            {problem === null ? null : (
              <p className="export-menu__words" role="alert">
                {problem}
              </p>
            )}
          </>
        ) : (
          <p className="export-menu__words">Nothing to save yet: a run's numbers and its figure come here.</p>
        )
      }
    </Popover>
  )
}
