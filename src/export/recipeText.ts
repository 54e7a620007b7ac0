import type { DatasetSource, ExperimentSpec } from '../domain/experimentSpec.ts'

const sourceNames: Readonly<Record<DatasetSource, string>> = {
  digits: 'digits',
  fractals: 'fractals',
  shapes: 'shapes',
  cifar10: 'CIFAR-10',
}

/** Everything that the curves depend on beside the networks, one line for under a figure. */
export const recipeText = ({ dataset, recipe, width, seed }: ExperimentSpec): string => {
  const parts = [
    `${sourceNames[dataset.source]} ${dataset.imageSize}×${dataset.imageSize}`,
    `${dataset.trainingImages} training and ${dataset.validationImages} validation images${dataset.augment ? ', augmented' : ''}`,
    `width ${width}`,
    `batch ${recipe.batchSize}`,
    `learning rate ${recipe.learningRate}${recipe.warmupSteps > 0 ? ` after ${recipe.warmupSteps} warm-up steps` : ''}${recipe.schedule === 'constant' ? '' : `, ${recipe.schedule} schedule`}`,
    `momentum ${recipe.momentum}`,
    `weight decay ${recipe.weightDecay}`,
    `seed ${seed}`,
  ]
  // A dot stays with what it follows where the line breaks.
  return `${parts.join('\u00a0· ')}.`
}
