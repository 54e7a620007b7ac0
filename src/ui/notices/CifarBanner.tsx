import { useEffect, useRef, useState } from 'react'
import { useCifar, useLab, useSpec } from '../common/useLab.ts'
import { Banner } from './Banner.tsx'

/** A dropped CIFAR-10 file while other images are chosen: its progress, why it was refused, and afterwards the way to it. */
export const CifarBanner = () => {
  const { controller } = useLab()
  const status = useCifar((state) => state.status)
  const progress = useCifar((state) => state.progress)
  const refusal = useCifar((state) => state.refusal)
  const isShownInSetup = useSpec((state) => state.spec.dataset.source === 'cifar10')
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [hasArrived, setArrived] = useState(false)
  const before = useRef(status)
  useEffect(() => {
    if (before.current === 'importing' && status === 'present' && refusal === null) setArrived(true)
    if (status === 'importing') setDismissed(null)
    before.current = status
  }, [status, refusal])

  if (isShownInSetup) return null
  if (status === 'importing')
    return <Banner tone="calm">Reading the file: {Math.floor(progress * 100)} %</Banner>
  if (refusal !== null && refusal !== dismissed)
    return (
      <Banner tone="warning" onDismiss={() => setDismissed(refusal)}>
        {refusal}
      </Banner>
    )
  if (!hasArrived) return null
  return (
    <Banner
      tone="calm"
      onDismiss={() => setArrived(false)}
      actions={
        <button
          type="button"
          className="button button--small"
          onClick={() => {
            setArrived(false)
            controller.loadPreset('cifar10')
          }}
        >
          Use CIFAR-10
        </button>
      }
    >
      Your CIFAR-10 is here and will be kept in this browser.
    </Banner>
  )
}
