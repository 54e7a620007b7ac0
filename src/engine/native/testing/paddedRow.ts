import type { PlainTensor } from '../../testing/PlainTensor.ts'
import { channelLayout } from '../channelLayout.ts'

/** One number a channel as it lies in memory: filled up with zeros. */
export const paddedRow = ({ values }: PlainTensor): Float64Array => {
  const row = new Float64Array(channelLayout(values.length).padded)
  row.set(values)
  return row
}
