import { useId } from 'react'
import { useLab, useSpec } from '../common/useLab.ts'
import { commonOption } from './commonOption.ts'
import { withOption } from './editFamily.ts'
import { refusalOf } from './refusalOf.ts'

/** Batch norm in all networks, or in none. What is known of networks without it stands in the advice. */
export const BatchNormChoice = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const id = useId()
  const present = commonOption(spec, 'batchNorm')
  const refusal = refusalOf(withOption(spec, { batchNorm: present !== true }))
  const words = refusal ?? (present === null ? 'The networks differ in it.' : null)
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
          aria-describedby={words === null ? undefined : `${id}-words`}
          onChange={() => controller.edit((now) => withOption(now, { batchNorm: present !== true }))}
        />
      </div>
      {words === null ? null : (
        <p className="note" id={`${id}-words`}>
          {words}
        </p>
      )}
    </div>
  )
}
