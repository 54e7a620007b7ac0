import type { TrainingDevice } from './trainingDevice.ts'

let loading: Promise<TrainingDevice> | null = null

/**
 * The engine and its tfjs, in a chunk of their own: the page and the CIFAR reader do not wait for them. Once loaded it stays; a load
 * that failed (no network) is tried again.
 */
export const loadTrainingDevice = (): Promise<TrainingDevice> => {
  loading ??= import('./trainingDevice.ts').then(
    ({ createTrainingDevice }) => createTrainingDevice(),
    (error) => {
      loading = null
      throw error
    },
  )
  return loading
}
