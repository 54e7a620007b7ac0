import type { DatasetSpec } from '../domain/experimentSpec.ts'
import type { CifarImages } from './cifar/cifarImages.ts'
import { classNamesOf } from './classNames.ts'
import type { ByteImages, Dataset, ReportProgress } from './dataset.ts'
import { type GeneratedSource, generateImages } from './generateImages.ts'
import { halveImages } from './halveImages.ts'
import { standardise } from './standardise.ts'
import { takeBalanced } from './takeBalanced.ts'

/** A data set ready to train on, or why there is none. */
export type LoadedDataset =
  | { readonly ok: true; readonly dataset: Dataset; readonly note: string | null }
  | { readonly ok: false; readonly kind: 'no-dataset' | 'bad-dataset'; readonly sentence: string }

const generate = async (
  source: GeneratedSource,
  spec: DatasetSpec,
  seed: number,
  report: ReportProgress,
): Promise<LoadedDataset> => {
  const { imageSize: side, trainingImages, validationImages } = spec
  const trainingShare = trainingImages / (trainingImages + validationImages)
  const training = await generateImages(
    source,
    { count: trainingImages, side, seed, split: 'training' },
    (fraction) => report(fraction * trainingShare),
  )
  const validation = await generateImages(
    source,
    { count: validationImages, side, seed, split: 'validation' },
    (fraction) => report(trainingShare + fraction * (1 - trainingShare)),
  )
  return { ok: true, dataset: standardise(training, validation, classNamesOf(source)), note: null }
}

const toSide = (images: ByteImages, side: 16 | 32): ByteImages =>
  images.side === side ? images : halveImages(images)

const shortage = (spec: DatasetSpec, cifar: CifarImages): string | null => {
  const { training, validation } = cifar
  if (training.count >= spec.trainingImages && validation.count >= spec.validationImages) return null
  const trains = Math.min(training.count, spec.trainingImages)
  const validates = Math.min(validation.count, spec.validationImages)
  return `Your CIFAR-10 files hold fewer images than this experiment asks for, so it trains on ${trains} and validates on ${validates}.`
}

const fromCifar = async (
  spec: DatasetSpec,
  cifar: CifarImages | null,
  report: ReportProgress,
): Promise<LoadedDataset> => {
  if (spec.imageSize === 12) {
    return {
      ok: false,
      kind: 'bad-dataset',
      sentence: 'CIFAR-10 is 32×32 and comes at 16×16 or 32×32 here. Choose one of these sizes.',
    }
  }
  if (cifar === null || cifar.training.count === 0 || cifar.validation.count === 0) {
    return {
      ok: false,
      kind: 'no-dataset',
      sentence:
        'This experiment trains on CIFAR-10, which is not in this browser yet. Choose cifar-10-binary.tar.gz in the setup.',
    }
  }
  const side = spec.imageSize
  const training = toSide(takeBalanced(cifar.training, spec.trainingImages), side)
  await report(0.4)
  const validation = toSide(takeBalanced(cifar.validation, spec.validationImages), side)
  await report(0.6)
  const dataset = standardise(training, validation, classNamesOf('cifar10'))
  await report(1)
  return { ok: true, dataset, note: shortage(spec, cifar) }
}

/**
 * The data set of an experiment, standardised. Generated images depend on the experiment's seed (by streams of their own, one
 * an image); CIFAR-10's do not. `cifar`: what the visitor has chosen or kept; not looked at for other sources. `report` is
 * awaited every few tens of milliseconds, so that messages come in.
 */
export const loadDataset = (
  spec: DatasetSpec,
  seed: number,
  cifar: CifarImages | null,
  report: ReportProgress,
): Promise<LoadedDataset> =>
  spec.source === 'cifar10' ? fromCifar(spec, cifar, report) : generate(spec.source, spec, seed, report)
