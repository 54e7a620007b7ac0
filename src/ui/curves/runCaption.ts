import type { Run } from '../../domain/run.ts'
import { uniqueLabels } from '../pictures/networkStyle.ts'

/** A run in a line: its networks and what else tells it from others. */
export const runCaption = ({ spec, steps, marks }: Pick<Run, 'spec' | 'steps' | 'marks'>): string => {
  const changes = marks.filter(({ kind }) => kind === 'intervention').length
  const side = spec.dataset.imageSize
  return [
    uniqueLabels(spec.networks).join(', '),
    `${spec.dataset.source} ${side}×${side}`,
    `rate ${spec.recipe.learningRate}`,
    `seed ${spec.seed}`,
    `${steps.length} steps`,
    ...(changes === 0 ? [] : [changes === 1 ? '1 change on the way' : `${changes} changes on the way`]),
  ].join(' · ')
}
