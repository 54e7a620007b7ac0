import { officialArchive } from './cifarImages.ts'

/** One of the six files of images; `training` 1 … 5, or the test batch. */
export type BatchName =
  | { readonly split: 'training'; readonly number: number }
  | { readonly split: 'validation' }

const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/** Which batch a file is, by its name; a browser's second download (`data_batch_1 (1).bin`) counts. Null: none. */
export const batchNameOf = (path: string): BatchName | null => {
  const match = /^(?:data_batch_([1-5])|test_batch)(?: ?\(\d+\))?\.bin$/.exec(baseName(path))
  if (match === null) return null
  return match[1] === undefined ? { split: 'validation' } : { split: 'training', number: Number(match[1]) }
}

/** What comes with the batches and is not needed. */
export const isCompanion = (path: string): boolean =>
  /^(batches\.meta\.txt|readme\.html|\..*)$/.test(baseName(path))

/** A sentence for a name that belongs to another data set or version, or null. */
export const wrongVersion = (file: string, path: string): string | null => {
  const advice = `Choose the binary version, ${officialArchive}.`
  if (/cifar-?100/i.test(path)) return `${file} is CIFAR-100, and the lab reads CIFAR-10. ${advice}`
  if (
    /cifar-10-(python|batches-py)/i.test(path) ||
    /^((data_batch_[1-5]|test_batch)|batches\.meta)$/.test(baseName(path))
  ) {
    return `${file} is the Python version of CIFAR-10, which the lab does not read. ${advice}`
  }
  if (/cifar-10-(matlab|batches-mat)/i.test(path) || /\.mat$/.test(path)) {
    return `${file} is the MATLAB version of CIFAR-10, which the lab does not read. ${advice}`
  }
  return null
}
