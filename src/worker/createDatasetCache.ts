import type { ReportProgress } from '../datasets/dataset.ts'
import { type LoadedDataset, loadDataset } from '../datasets/loadDataset.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { CifarStore } from './cifarStore.ts'

/** The last data set stays, so that running again starts at once. */
export interface DatasetCache {
  readonly load: (spec: ExperimentSpec, report: ReportProgress) => Promise<LoadedDataset>
  /** The visitor's own images have changed. */
  readonly forgetCifar: () => void
}

export const createDatasetCache = (cifar: Pick<CifarStore, 'load'>): DatasetCache => {
  let kept: { readonly key: string; readonly loaded: LoadedDataset } | null = null
  /** How often the visitor's images have changed. */
  let cifarChanges = 0
  return {
    load: async ({ dataset, seed }, report) => {
      const isCifar = dataset.source === 'cifar10'
      // Augmentation moves images as they are trained on, not as they are kept; a file's images know no seed.
      const key = JSON.stringify([{ ...dataset, augment: false }, isCifar ? null : seed])
      if (kept?.key === key) return kept.loaded
      // Not two at once: 20,000 images of 32 by 32 take a quarter of a gigabyte.
      kept = null
      const changesBefore = cifarChanges
      const loaded = await loadDataset(dataset, seed, isCifar ? await cifar.load(dataset) : null, report)
      const isOutdated = isCifar && cifarChanges !== changesBefore
      if (loaded.ok && !isOutdated) kept = { key, loaded }
      return loaded
    },
    forgetCifar: () => {
      cifarChanges += 1
      if (kept?.key.includes('"cifar10"') === true) kept = null
    },
  }
}
