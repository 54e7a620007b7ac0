import { useMemo } from 'react'
import { adviseSpec, flopText } from '../../domain/adviseSpec.ts'
import { labChanges, labExperimentOf, labWidth } from '../../domain/architecturesInLab.ts'
import { costOf } from '../../domain/cost.ts'
import { curveLabel } from '../../domain/curveLabel.ts'
import { validateSpec } from '../../domain/validateSpec.ts'
import { formatList } from '../common/format.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import type { ExplorerChoice } from './explorerChoices.ts'

interface OpenInLabProps {
  readonly first: ExplorerChoice
  readonly second: ExplorerChoice
  readonly close: () => void
}

/** Brings both plans into the lab at its scale: says before what changes and what it costs. */
export const OpenInLab = ({ first, second, close }: OpenInLabProps) => {
  const { controller } = useLab()
  const now = useSpec((state) => state.spec)
  const wanted = useMemo(() => labExperimentOf(now, first.spec, second.spec), [now, first, second])
  const validation = useMemo(() => validateSpec(wanted), [wanted])
  const sentences = useMemo(
    () =>
      validation.ok ? adviseSpec(validation.spec).map(({ sentence }) => sentence) : validation.sentences,
    [validation],
  )
  const open = () => {
    controller.replace((spec) => labExperimentOf(spec, first.spec, second.spec))
    close()
  }
  return (
    <section className="explorer-open" aria-label="Open in the lab">
      <button type="button" className="button button--primary" disabled={!validation.ok} onClick={open}>
        Open in the lab at width {labWidth}
      </button>
      <div>
        {validation.ok ? (
          <p>
            Sets up <b>{formatList(validation.spec.networks.map(curveLabel))}</b> on the present data and
            recipe: {flopText(costOf(validation.spec).stepFlops)} a step.
          </p>
        ) : null}
        <Changes first={first} second={second} />
        {sentences.length === 0 ? null : (
          <ul className="bare hint explorer-advice">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

const Changes = ({ first, second }: Pick<OpenInLabProps, 'first' | 'second'>) => {
  const [changes, others] = [first, second].map(({ spec }) => labChanges(spec).join('; '))
  const lines =
    changes === others
      ? [[first.key === second.key ? first.title : 'Both', changes]]
      : [
          [first.title, changes],
          [second.title, others],
        ]
  return lines.map(([title, what]) =>
    what ? (
      <p className="note" key={title}>
        {title}: {what}.
      </p>
    ) : null,
  )
}
