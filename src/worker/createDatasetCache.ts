import type { ReportProgress } from '../datasets/dataset.ts'
import { type LoadedDataset, loadDataset } from '../datasets/loadDataset.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { CifarStore } from './cifarStore.ts'

/** The last data set stays, so that running again starts at once. */
export interface DatasetCache {
  /** Rejects with what `report` throws: then nobody waits for it any more, and it is broken off where nobody else does. */
  readonly load: (spec: ExperimentSpec, report: ReportProgress) => Promise<LoadedDataset>
  /** The visitor's own images have changed. */
  readonly forgetCifar: () => void
}

/** One who waits for a data set. */
interface Waiting {
  readonly report: ReportProgress
  readonly fail: (error: unknown) => void
}

/** A data set that is being made, and who waits for it. */
interface Making {
  readonly key: string
  readonly waiting: Set<Waiting>
  readonly made: Promise<LoadedDataset>
}

class NobodyWaits extends Error {}

export const createDatasetCache = (cifar: Pick<CifarStore, 'load'>): DatasetCache => {
  let kept: { readonly key: string; readonly loaded: LoadedDataset } | null = null
  let making: Making | null = null
  /** How often the visitor's images have changed. */
  let cifarChanges = 0

  const make = async (
    { dataset, seed }: ExperimentSpec,
    key: string,
    report: ReportProgress,
  ): Promise<LoadedDataset> => {
    const isCifar = dataset.source === 'cifar10'
    // Not two at once: 20,000 images of 32 by 32 take a quarter of a gigabyte.
    kept = null
    const changesBefore = cifarChanges
    const loaded = await loadDataset(dataset, seed, isCifar ? await cifar.load(dataset) : null, report)
    const isOutdated = isCifar && cifarChanges !== changesBefore
    if (loaded.ok && !isOutdated) kept = { key, loaded }
    return loaded
  }

  const begin = (spec: ExperimentSpec, key: string): Making => {
    const waiting = new Set<Waiting>()
    const tell = async (fraction: number): Promise<void> => {
      for (const one of waiting)
        try {
          await one.report(fraction)
        } catch (error) {
          waiting.delete(one)
          one.fail(error)
        }
      if (waiting.size === 0) throw new NobodyWaits()
    }
    const begun: Making = {
      key,
      waiting,
      // Not before somebody waits.
      made: Promise.resolve()
        .then(() => make(spec, key, tell))
        .finally(() => {
          if (making === begun) making = null
        }),
    }
    // Where it is broken off, nobody waits.
    begun.made.catch(() => {})
    return begun
  }

  return {
    load: async (spec, report) => {
      const { dataset, seed } = spec
      const isCifar = dataset.source === 'cifar10'
      // Augmentation moves images as they are trained on, not as they are kept; a file's images know no seed.
      const key = JSON.stringify([
        { ...dataset, augment: false },
        isCifar ? cifarChanges : null,
        isCifar ? null : seed,
      ])
      if (kept?.key === key) return kept.loaded
      const joined = making?.key === key ? making : begin(spec, key)
      making = joined
      return new Promise((resolve, reject) => {
        joined.waiting.add({ report, fail: reject })
        joined.made.then(resolve, reject)
      })
    },
    forgetCifar: () => {
      cifarChanges += 1
      if (kept?.key.includes('"cifar10"') === true) kept = null
    },
  }
}
