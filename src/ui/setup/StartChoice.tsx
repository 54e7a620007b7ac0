import { useId } from 'react'
import { initialisationPapers, initialisationWords } from '../../domain/curveWords.ts'
import type { Initialisation } from '../../domain/networkSpec.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { commonStart, type NetworkKind, withStart } from './editFamily.ts'
import { refusalOf } from './refusalOf.ts'
import { startWords } from './startWords.ts'

const offered: Readonly<Record<NetworkKind, readonly Initialisation[]>> = {
  residual: ['he', 'zero-gamma', 'skipinit'],
  plain: ['he', 'dirac'],
}

const titles: Readonly<Record<NetworkKind, string>> = {
  residual: 'Networks with shortcuts',
  plain: 'Plain networks',
}

/** How the networks of one kind start. */
export const StartChoice = ({ kind }: { readonly kind: NetworkKind }) => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const group = useId()
  const present = commonStart(spec, kind)
  return (
    <fieldset className="setup__fieldset starts">
      <legend className="section-title">{titles[kind]}</legend>
      {present === null ? <p className="note">They differ.</p> : null}
      {offered[kind].map((start) => {
        const refusal = start === present ? null : refusalOf(withStart(spec, kind, start))
        return (
          <label key={start} className={refusal === null ? 'start' : 'start start--refused'}>
            <input
              type="radio"
              name={group}
              checked={start === present}
              disabled={refusal !== null}
              onChange={() => controller.edit((now) => withStart(now, kind, start))}
            />
            <span>
              <span className="start__name">{sentenceCase(initialisationWords[start])}</span>{' '}
              <span className="faint">{initialisationPapers[start]}</span>
              {/* Said once, where both kinds stand. */}
              {kind === 'plain' && start === 'he' ? null : (
                <span className="note start__words">{refusal ?? startWords[start]}</span>
              )}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
