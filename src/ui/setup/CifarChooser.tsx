import { useRef } from 'react'
import { classNamesOf } from '../../datasets/classNames.ts'
import { useCifar, useLab, useSpec } from '../common/useLab.ts'
import { Thumbnails } from './Thumbnails.tsx'

const side = 32
const thousands = new Intl.NumberFormat('en')

/** The visitor's own CIFAR-10: where it comes from, choosing it, reading it, what was wrong with it, forgetting it. */
export const CifarChooser = () => {
  const { controller } = useLab()
  const { status, progress, facts, refusal } = useCifar((state) => state)
  const wanted = useSpec((state) => state.spec.dataset)
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="cifar">
      <input
        ref={picker}
        className="visually-hidden"
        type="file"
        multiple
        accept=".gz,.bin,.tar,application/gzip"
        tabIndex={-1}
        aria-label="CIFAR-10 files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) controller.importCifar(files)
        }}
      />
      {status === 'importing' ? (
        <div className="cifar__progress">
          <progress max={1} value={progress} aria-label="Reading CIFAR-10" />
          <p className="note">Reading the file: {Math.floor(progress * 100)} %</p>
        </div>
      ) : facts !== null ? (
        <>
          <Thumbnails
            side={side}
            classNames={classNamesOf('cifar10')}
            images={facts.thumbnails.map(
              (pixels) => new ImageData(new Uint8ClampedArray(pixels), side, side),
            )}
          />
          <p className="note">
            {thousands.format(facts.trainingImages)} training and {thousands.format(facts.validationImages)}{' '}
            validation images, kept in this browser. {facts.note === null ? null : `${facts.note} `}
            <button type="button" className="link-button" onClick={() => controller.forgetCifar()}>
              Forget them
            </button>
          </p>
          <p className="note">
            A run trains on the first{' '}
            {thousands.format(Math.min(wanted.trainingImages, facts.trainingImages))}, equally many of each
            class, and validates on the first{' '}
            {thousands.format(Math.min(wanted.validationImages, facts.validationImages))} of the others.
          </p>
        </>
      ) : (
        <>
          <button type="button" className="button cifar__choose" onClick={() => picker.current?.click()}>
            Choose the file
          </button>
          <p className="note">
            Take “CIFAR-10 binary version” (<span className="file-name">cifar-10-binary.tar.gz</span>, 162 MB)
            from{' '}
            <a href="https://www.cs.toronto.edu/~kriz/cifar.html" target="_blank" rel="noreferrer">
              the CIFAR page
            </a>{' '}
            and choose it here, or drop it anywhere. It is read here and stays here.
          </p>
        </>
      )}
      {refusal === null ? null : (
        <p className="field__error" role="alert">
          {refusal}
        </p>
      )}
    </div>
  )
}
