import { useState } from 'react'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { Banner } from './Banner.tsx'

/** No GPU: said once a visit, with the experiment that suits such a device. */
export const SlowDeviceBanner = () => {
  const { controller } = useLab()
  const isSlow = useRuns(
    (state) => state.run?.device?.backend === 'wasm' || state.run?.device?.backend === 'cpu',
  )
  const isOwnChoice = useSpec((state) => state.spec.backend !== 'auto')
  const isQuick = useSpec((state) => state.preset === 'quick')
  const [isDismissed, setDismissed] = useState(false)
  if (!isSlow || isOwnChoice || isQuick || isDismissed) return null
  return (
    <Banner
      tone="calm"
      onDismiss={() => setDismissed(true)}
      actions={
        <button type="button" className="button button--small" onClick={() => controller.loadPreset('quick')}>
          Set up the quick look
        </button>
      }
    >
      This device has no GPU that the lab can use, so the processor trains. It computes the same, only slower.
    </Banner>
  )
}
