import { officialArchive } from './cifarImages.ts'

const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/**
 * The official name of a file of images, `data_batch_1.bin` … `data_batch_5.bin` or `test_batch.bin`, or null where it is none.
 * A browser's second download, `data_batch_1 (1).bin`, counts.
 */
export const officialNameOf = (path: string): string | null => {
  const match = /^(data_batch_[1-5]|test_batch)(?: ?\(\d+\))?\.bin$/.exec(baseName(path))
  return match === null ? null : `${match[1]}.bin`
}

/** What comes with the batches, or with a folder, and is not needed. */
export const isCompanion = (path: string): boolean =>
  /^(batches\.meta\.txt|readme\.html|\..*)$/.test(baseName(path))

/** A sentence where a path (of `file` itself, or inside it) belongs to another data set or version, or null. */
export const wrongVersion = (file: string, path: string): string | null => {
  const advice = `Choose the binary version, ${officialArchive}.`
  if (/cifar-?100/i.test(path)) return `${file} is CIFAR-100, and the lab reads CIFAR-10. ${advice}`
  const name = baseName(path)
  const isPython = /cifar-10-(python|batches-py)/i.test(path)
  if (isPython || /^(data_batch_[1-5]|test_batch|batches\.meta)$/.test(name)) {
    return `${file} is the Python version of CIFAR-10, which the lab does not read. ${advice}`
  }
  if (/cifar-10-(matlab|batches-mat)/i.test(path) || /^(data_batch_[1-5]|test_batch)\.mat$/.test(name)) {
    return `${file} is the MATLAB version of CIFAR-10, which the lab does not read. ${advice}`
  }
  return null
}
