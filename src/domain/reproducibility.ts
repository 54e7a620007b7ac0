import type { DatasetSource } from './experimentSpec.ts'
import type { DeviceFacts } from './run.ts'

/** What of a run is told from its executor and its data. */
export interface Repetition {
  readonly device: Pick<DeviceFacts, 'reproducible'>
  readonly source: DatasetSource
}

/** How far the link of a run gives its numbers again: a sentence that promises no more than the executor keeps. */
export const reproducibilitySentence = ({ device, source }: Repetition): string =>
  device.reproducible
    ? `${link(source)} gives the same numbers, bit for bit, on any device.`
    : `${link(source)} gives the same numbers on this device and browser; on another device or browser the numbers may differ in the last digits.`

/** What two people may conclude from the digests of their weights, a sentence. */
export const digestSentence = ({ device, source }: Repetition): string =>
  device.reproducible
    ? `${link(source)} gives the same digest on any device: compare it with your neighbour’s.`
    : `${link(source)} gives the same digest on this device and browser; on another device or browser the numbers may differ in the last digits, and the digest with them.`

/** The visitor's own file is no part of the link. */
const link = (source: DatasetSource): string =>
  source === 'cifar10' ? 'The same link, with the same CIFAR-10 file,' : 'The same link'
