import { useId } from 'react'
import { useLab, useSpec } from '../common/useLab.ts'
import { commonOption, refusalOf, withOption } from './editFamily.ts'

/** Batch norm in all networks, or in none. */
export const BatchNormChoice = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const id = useId()
  const present = commonOption(spec, 'batchNorm')
  const refusal = refusalOf(withOption(spec, { batchNorm: present !== true }))
  return (
    <div>
      <div className="field">
        <label htmlFor={id}>Batch norm</label>
        <input
          id={id}
          ref={(box) => {
            if (box !== null) box.indeterminate = present === null
          }}
          className="checkbox"
          type="checkbox"
          checked={present === true}
          disabled={refusal !== null}
          aria-describedby={`${id}-words`}
          onChange={() => controller.edit((now) => withOption(now, { batchNorm: present !== true }))}
        />
      </div>
      <p className="note" id={`${id}-words`}>
        {refusal ??
          (present === null
            ? 'The networks differ in it.'
            : present
              ? null
              : 'Without it, started He-normal, only the plain network of 8 layers learned in our measurements: 200 steps, rates from 0.001 to 0.05.')}
      </p>
    </div>
  )
}
