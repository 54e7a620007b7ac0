import { useEffect, useState } from 'react'
import { verdictOf } from '../../domain/verdict.ts'
import { useLab } from '../common/useLab.ts'
import { interventionWords } from '../setup/interventionWords.ts'

/**
 * What a screen reader is told while nobody looks: that a run started, paused or ended, and every switch. Numbers that move all the time
 * are left to be read when wanted.
 */
export const Announcer = () => {
  const { runs, series } = useLab()
  const [words, setWords] = useState('')
  useEffect(
    () =>
      runs.subscribe(({ run }, before) => {
        if (run === null) {
          if (before.run !== null) setWords('Back at step 0.')
          return
        }
        const step = series.steps().at(-1)?.step ?? 0
        const mark = run.marks.at(-1)
        if (
          run.id === before.run?.id &&
          run.marks.length > before.run.marks.length &&
          mark?.kind === 'intervention'
        )
          setWords(`At step ${mark.step}: ${interventionWords(mark.intervention)}.`)
        if (run.status === before.run?.status && run.id === before.run.id) return
        if (run.status === 'preparing') setWords('Preparing the run.')
        if (run.status === 'running')
          setWords(step === 0 ? 'Training.' : `Training goes on after step ${step}.`)
        if (run.status === 'paused') setWords(`Paused after step ${step}.`)
        if (run.status === 'finished') {
          const { sentence, detail } = verdictOf({
            ...run,
            steps: series.steps(),
            evaluations: series.evaluations(),
          })
          setWords(`Finished. ${sentence} ${detail}`)
        }
      }),
    [runs, series],
  )
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  )
}
