import { useId } from 'react'
import {
  type DatasetSpec,
  type ExperimentSpec,
  evaluationImages,
  type Recipe as RecipeSpec,
  type Schedule,
} from '../../domain/experimentSpec.ts'
import { limits, maxTrainingImagesAt32, type Range } from '../../domain/limits.ts'
import { dropImpossibleInterventions } from '../../domain/validateSpec.ts'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { executorChoices, executorNotes } from './executorChoices.ts'

const scheduleNames: readonly { readonly value: Schedule; readonly name: string }[] = [
  { value: 'constant', name: 'constant' },
  { value: 'step', name: 'in steps' },
  { value: 'cosine', name: 'cosine' },
]

const widthNames = [
  { value: '4', name: '4, 8, 16' },
  { value: '8', name: '8, 16, 32' },
  { value: '16', name: '16, 32, 64' },
] as const

const wholeNumber =
  ({ min, max }: Range) =>
  (value: number): string | null =>
    Number.isInteger(value) && value >= min && value <= max ? null : `A whole number from ${min} to ${max}.`

/** Everything else that decides a run. */
export const Recipe = () => {
  const { controller } = useLab()
  const { recipe, dataset, width, evaluateEvery, seed, backend } = useSpec((state) => state.spec)
  const augmentId = useId()
  const edit = (change: Partial<ExperimentSpec>) =>
    controller.edit((spec) => dropImpossibleInterventions({ ...spec, ...change }))
  const editRecipe = (change: Partial<RecipeSpec>) =>
    controller.edit((spec) => dropImpossibleInterventions({ ...spec, recipe: { ...spec.recipe, ...change } }))
  const editData = (change: Partial<DatasetSpec>) =>
    controller.edit((spec) => ({ ...spec, dataset: { ...spec.dataset, ...change } }))
  const mostImages = dataset.imageSize === 32 ? maxTrainingImagesAt32 : limits.trainingImages.max

  return (
    <>
      <NumberField
        label="Steps"
        value={recipe.steps}
        check={wholeNumber(limits.steps)}
        onCommit={(steps) => editRecipe({ steps })}
      />
      <NumberField
        label="Batch"
        unit="images"
        value={recipe.batchSize}
        check={(value) =>
          wholeNumber(limits.batchSize)(value) ??
          (value > dataset.trainingImages
            ? `There are only ${dataset.trainingImages} training images.`
            : null)
        }
        onCommit={(batchSize) => editRecipe({ batchSize })}
      />
      <NumberField
        label="Warm-up"
        unit="steps"
        value={recipe.warmupSteps}
        check={wholeNumber(limits.warmupSteps)}
        onCommit={(warmupSteps) => editRecipe({ warmupSteps })}
      />
      <SelectField
        label="Schedule"
        value={recipe.schedule}
        options={scheduleNames}
        onChange={(schedule) => editRecipe({ schedule })}
      />
      <NumberField
        label="Momentum"
        value={recipe.momentum}
        check={(value) => (value >= 0 && value < 1 ? null : 'From 0 to below 1.')}
        onCommit={(momentum) => editRecipe({ momentum })}
      />
      <NumberField
        label="Weight decay"
        value={recipe.weightDecay}
        check={(value) => (value >= 0 && value <= limits.weightDecay.max ? null : 'From 0 to 1.')}
        onCommit={(weightDecay) => editRecipe({ weightDecay })}
      />
      <SelectField
        label="Filters a stage"
        value={`${width}`}
        options={widthNames}
        onChange={(chosen) => edit({ width: chosen === '4' ? 4 : chosen === '8' ? 8 : 16 })}
      />
      <hr className="fold__rule" />
      <NumberField
        label="Training images"
        value={dataset.trainingImages}
        check={(value) =>
          wholeNumber({ min: limits.trainingImages.min, max: mostImages })(value) ??
          (value < recipe.batchSize ? `Fewer than one batch of ${recipe.batchSize}.` : null)
        }
        onCommit={(trainingImages) => editData({ trainingImages })}
      />
      <NumberField
        label="Validation images"
        value={dataset.validationImages}
        check={wholeNumber(limits.validationImages)}
        onCommit={(validationImages) => editData({ validationImages })}
      />
      <div className="field">
        <label htmlFor={augmentId}>Random crop and flip</label>
        <input
          id={augmentId}
          className="checkbox"
          type="checkbox"
          checked={dataset.augment}
          onChange={(event) => editData({ augment: event.target.checked })}
        />
      </div>
      <hr className="fold__rule" />
      <NumberField
        label="Evaluate every"
        unit="steps"
        value={evaluateEvery}
        check={wholeNumber(limits.evaluateEvery)}
        onCommit={(value) => edit({ evaluateEvery: value })}
      />
      <p className="note">
        On {Math.min(evaluationImages, dataset.trainingImages)} training and{' '}
        {Math.min(evaluationImages, dataset.validationImages)} validation images, the same at every
        evaluation, with batch-norm statistics recomputed.
      </p>
      <NumberField
        label="Seed"
        value={seed}
        check={wholeNumber(limits.seed)}
        onCommit={(value) => edit({ seed: value })}
        before={
          <button
            type="button"
            className="button button--small"
            title={`Seed ${seed + 1}`}
            aria-label={`Next seed, ${seed + 1}`}
            onClick={() => edit({ seed: Math.min(seed + 1, limits.seed.max) })}
          >
            + 1
          </button>
        }
      />
      <SelectField
        label="Executor"
        value={backend}
        options={executorChoices}
        onChange={(chosen) => edit({ backend: chosen })}
      />
      <p className="note">{executorNotes[backend]}</p>
    </>
  )
}
