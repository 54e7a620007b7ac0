import { useState } from 'react'
import type { Intervention } from '../../domain/interventions.ts'
import { limits } from '../../domain/limits.ts'
import { interventionProblem } from '../../domain/validateSpec.ts'
import { Icon } from '../common/Icon.tsx'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { withIntervention } from './editSpec.ts'
import { interventionWords } from './interventionWords.ts'

/** Switches that will be made by themselves at their step, and a way to plan one. */
export const PlannedSwitches = () => {
  const { controller } = useLab()
  const planned = useSpec((state) => state.spec.interventions)
  return (
    <>
      {planned.length === 0 ? null : (
        <ul className="planned">
          {planned.map((intervention, index) => (
            // The place in the list is what the controller removes by.
            <li key={index} className="planned__line">
              <span className="planned__step">at {intervention.step}</span>
              <span>{interventionWords(intervention)}</span>
              <button
                type="button"
                className="button button--quiet button--small button--icon"
                aria-label={`Remove: step ${intervention.step}, ${interventionWords(intervention)}`}
                title="Remove"
                onClick={() => controller.removeIntervention(index)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <PlanForm />
    </>
  )
}

type Way = 'on' | 'off'

const PlanForm = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const [chosen, setChosen] = useState<number | null>(null)
  const [way, setWay] = useState<Way>('off')
  const [after, setAfter] = useState<number | null>(null)
  const [overSteps, setOverSteps] = useState(0)

  const last = spec.networks.length - 1
  const network = Math.min(chosen ?? last, last)
  const step = Math.min(after ?? Math.floor(spec.recipe.steps / 2), spec.recipe.steps - 1)
  const intervention: Intervention = {
    kind: 'shortcuts',
    step,
    network,
    blocks: 'all',
    to: way === 'on' ? 1 : 0,
    overSteps,
  }
  const isFull = spec.interventions.length >= limits.interventions.max
  return (
    <fieldset className="bare plan-form" aria-label="Plan a switch">
      <NumberField
        label="After step"
        value={step}
        check={(value) =>
          !Number.isInteger(value) || value < 0
            ? 'A whole number, 0 or more.'
            : interventionProblem(spec, { ...intervention, step: value })
        }
        onCommit={setAfter}
      />
      <SelectField
        label="Network"
        value={String(network)}
        options={spec.networks.map((_, index) => ({ value: String(index), name: String(index + 1) }))}
        onChange={(value) => setChosen(Number(value))}
      />
      <SelectField
        label="Its shortcuts"
        value={way}
        options={[
          { value: 'off', name: 'off' },
          { value: 'on', name: 'on' },
        ]}
        onChange={setWay}
      />
      <NumberField
        label="Faded over"
        unit="steps"
        value={overSteps}
        check={(value) =>
          Number.isInteger(value) && value >= 0 && value <= limits.fadeSteps.max
            ? null
            : `A whole number up to ${limits.fadeSteps.max}; 0 is at once.`
        }
        onCommit={setOverSteps}
      />
      <button
        type="button"
        className="button button--small"
        aria-disabled={isFull}
        onClick={() => {
          if (!isFull) controller.edit((now) => withIntervention(now, intervention))
        }}
      >
        <Icon name="plus" /> Plan this switch
      </button>
    </fieldset>
  )
}
