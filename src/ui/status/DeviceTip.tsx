import type { DeviceFacts } from '../../domain/run.ts'
import { deviceLabel, deviceSentences } from './deviceWords.ts'
import { Tip } from './Tip.tsx'

/** Executor, threads and device; why this one was taken is told on hover, on focus and on a tap. */
export const DeviceTip = ({ device }: { readonly device: DeviceFacts }) => (
  <Tip isLong label={deviceLabel(device)}>
    {deviceSentences(device).join(' ')}
  </Tip>
)
