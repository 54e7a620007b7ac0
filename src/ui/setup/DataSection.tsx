import { Suspense, useDeferredValue, useEffect, useState } from 'react'
import { classNamesOf } from '../../datasets/classNames.ts'
import type { DatasetSource, DatasetSpec } from '../../domain/experimentSpec.ts'
import { cifarImageSizes, imageSizes, maxTrainingImagesAt32 } from '../../domain/limits.ts'
import { lazyPart } from '../common/lazyPart.ts'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { PartBoundary } from '../notices/PartBoundary.tsx'
import { Thumbnails } from './Thumbnails.tsx'

const thousands = new Intl.NumberFormat('en')

const sources: readonly { readonly value: DatasetSource; readonly name: string }[] = [
  { value: 'digits', name: 'Digits' },
  { value: 'fractals', name: 'Fractals' },
  { value: 'shapes', name: 'Shapes' },
  { value: 'cifar10', name: 'Your CIFAR-10' },
]

const cifar = lazyPart(() => import('./CifarChooser.tsx').then((module) => module.CifarChooser))

const withSource = (dataset: DatasetSpec, source: DatasetSource): DatasetSpec => ({
  ...dataset,
  source,
  // Photographs are averaged by whole factors: 12×12 is not one of them.
  imageSize: source === 'cifar10' && dataset.imageSize === 12 ? 16 : dataset.imageSize,
})

const withSize = (dataset: DatasetSpec, imageSize: DatasetSpec['imageSize']): DatasetSpec => ({
  ...dataset,
  imageSize,
  trainingImages:
    imageSize === 32 ? Math.min(dataset.trainingImages, maxTrainingImagesAt32) : dataset.trainingImages,
})

/** Which images, how large, and what they look like. */
export const DataSection = () => {
  const { controller } = useLab()
  const source = useSpec((state) => state.spec.dataset.source)
  const imageSize = useSpec((state) => state.spec.dataset.imageSize)
  const sizes: readonly DatasetSpec['imageSize'][] = source === 'cifar10' ? cifarImageSizes : imageSizes
  const edit = (change: (dataset: DatasetSpec) => DatasetSpec) =>
    controller.edit((spec) => ({ ...spec, dataset: change(spec.dataset) }))
  return (
    <section
      className="setup__section"
      aria-labelledby="setup-data"
      onPointerEnter={cifar.preload}
      onFocus={cifar.preload}
    >
      <h3 className="section-title" id="setup-data">
        Data
      </h3>
      <div className="setup__row">
        <SelectField
          label="Images"
          labelClass="visually-hidden"
          className="setup__pick"
          selectClass="select select--quiet select--strong"
          value={source}
          options={sources}
          onChange={(chosen) => edit((dataset) => withSource(dataset, chosen))}
        />
        <SelectField
          label="Image size"
          labelClass="visually-hidden"
          className="setup__pick"
          selectClass="select select--quiet"
          value={String(imageSize)}
          options={sizes.map((size) => ({ value: String(size), name: `${size} × ${size}` }))}
          onChange={(chosen) => {
            const size = sizes.find((known) => String(known) === chosen)
            if (size !== undefined) edit((dataset) => withSize(dataset, size))
          }}
        />
      </div>
      <PartBoundary name="The images">
        <Suspense fallback={null}>
          <Images source={source} side={imageSize} />
        </Suspense>
      </PartBoundary>
    </section>
  )
}

const Images = ({ source, side }: { readonly source: DatasetSource; readonly side: number }) => {
  // Deferred: what was there stays until the chooser has come.
  const shown = useDeferredValue(source)
  return shown === 'cifar10' ? <cifar.Part /> : <DrawnImages source={shown} side={side} />
}

const DrawnImages = (props: {
  readonly source: Exclude<DatasetSource, 'cifar10'>
  readonly side: number
}) => {
  const { source, side } = props
  const seed = useSpec((state) => state.spec.seed)
  const training = useSpec((state) => state.spec.dataset.trainingImages)
  const validation = useSpec((state) => state.spec.dataset.validationImages)
  const [images, setImages] = useState<readonly ImageData[]>([])
  useEffect(() => {
    let isWanted = true
    // The painters are no part of the first view.
    import('../../datasets/exampleImages.ts').then(({ exampleImages }) => {
      if (isWanted)
        setImages(exampleImages(source, side, seed).map(({ rgba }) => new ImageData(rgba, side, side)))
    })
    return () => {
      isWanted = false
    }
  }, [source, side, seed])
  const fitting = images[0]?.width === side ? images : []
  return (
    <>
      <Thumbnails images={fitting} side={side} classNames={classNamesOf(source)} />
      <p className="note data-note">
        Drawn here from seed {seed}: {thousands.format(training)} to train on, {thousands.format(validation)}{' '}
        others to validate.
      </p>
    </>
  )
}
