import type { TrainingDevice } from './trainingDevice.ts'

let loading: Promise<TrainingDevice> | null = null

/**
 * The engine, in a chunk of its own: the page and the CIFAR reader do not wait for it. Once loaded it stays; a load
 * that failed (no network) is tried again.
 */
export const loadTrainingDevice = (): Promise<TrainingDevice> => {
  loading ??= import('./createTrainingDevice.ts').then(
    ({ createTrainingDevice }) => createTrainingDevice(),
    (error) => {
      loading = null
      throw error
    },
  )
  return loading
}
