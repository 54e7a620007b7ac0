import { useRef, useState } from 'react'
import { digestSentence, type Repetition } from '../../domain/reproducibility.ts'
import { Icon } from '../common/Icon.tsx'
import { Popover } from '../common/Popover.tsx'

interface WeightsDigestProps {
  readonly digest: string
  readonly repetition: Repetition
  /** The link that the page gives now is of another set-up. */
  readonly isOfFormerSetUp: boolean
}

/** What two people compare after the same run: a few digits in the line, all of them to be read and copied where it is opened. */
export const WeightsDigest = ({ digest, repetition, isOfFormerSetUp }: WeightsDigestProps) => {
  const [state, setState] = useState<'here' | 'copied' | 'refused'>('here')
  const field = useRef<HTMLInputElement>(null)

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(digest)
      setState('copied')
    } catch {
      setState('refused')
    }
    field.current?.select()
  }

  return (
    <Popover
      heading="Digest of the final weights"
      className="digest"
      buttonClass="status__term"
      label={`weights ${digest.slice(0, 4)}…`}
      title="Digest of the final weights: compare it with a neighbour’s"
      onOpen={() => setState('here')}
    >
      <p className="digest__title">Digest of the final weights</p>
      <div className="digest__row">
        <input
          ref={field}
          className="input digest__field"
          readOnly
          aria-label="Digest of the final weights of all networks"
          value={digest}
          onFocus={(event) => event.target.select()}
        />
        <button type="button" className="button" onClick={copy}>
          Copy
        </button>
      </div>
      <p className="digest__state" role="status">
        {state === 'copied' ? (
          <>
            <Icon name="check" /> Copied.
          </>
        ) : state === 'refused' ? (
          'This browser does not let the page copy: it is selected.'
        ) : (
          ''
        )}
      </p>
      <p className="note">
        Equal digests mean equal weights in all networks. {digestSentence(repetition)}
        {isOfFormerSetUp ? ' The set-up has been changed since this run.' : ''}
      </p>
    </Popover>
  )
}
