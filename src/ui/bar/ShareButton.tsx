import { useRef, useState } from 'react'
import { Icon } from '../common/Icon.tsx'
import { Popover } from '../common/Popover.tsx'
import { useLab } from '../common/useLab.ts'
import { addressWith } from './addressWith.ts'

/** Copies the link and says so; the link stands there to be selected where the browser does not let a page copy. */
export const ShareButton = () => {
  const { controller } = useLab()
  const [address, setAddress] = useState('')
  const [state, setState] = useState<'copying' | 'copied' | 'refused'>('copying')
  const field = useRef<HTMLInputElement>(null)

  const copy = async () => {
    const link = addressWith(controller.link())
    setAddress(link)
    setState('copying')
    try {
      await navigator.clipboard.writeText(link)
      setState('copied')
    } catch {
      setState('refused')
    }
    requestAnimationFrame(() => field.current?.select())
  }

  return (
    <Popover
      heading="Link to this experiment"
      align="end"
      className="share"
      buttonClass="button button--quiet"
      title="Copy a link to this experiment"
      label={
        <>
          <Icon name="share" />
          <span className="bar__word">Share</span>
        </>
      }
      name="Share"
      onOpen={copy}
    >
      <p className="share__state" role="status">
        {state === 'copied' ? (
          <>
            <Icon name="check" /> Link copied.
          </>
        ) : state === 'refused' ? (
          'Copy this link:'
        ) : (
          'Copying the link'
        )}
      </p>
      <input
        ref={field}
        className="input share__field"
        readOnly
        aria-label="Link to this experiment"
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <p className="note">
        The whole set-up and its planned switches are in the link. It opens the same experiment, with the same
        seed, anywhere.
      </p>
    </Popover>
  )
}
