import { add, mul, sub, type Tensor1D, tidy } from '@tensorflow/tfjs-core'
import type { StepControls } from '../executor.ts'

export interface Descended {
  readonly parameters: Tensor1D
  readonly momentum: Tensor1D
}

/**
 * One step of SGD with momentum on a flat vector of parameters p, with gradient g and momentum v:
 * g ← g + weightDecay · p, v ← momentum · v + g, p ← p − learningRate · v. Decay and momentum act on every tensor, batch-norm scale
 * and shift and the bias included, and on those that the step did not use (gradient 0).
 */
export const descend = (
  parameters: Tensor1D,
  momentum: Tensor1D,
  gradient: Tensor1D,
  controls: Pick<StepControls, 'learningRate' | 'momentum' | 'weightDecay'>,
): Descended => {
  const [nextParameters, nextMomentum] = tidy((): [Tensor1D, Tensor1D] => {
    const decayed = add(gradient, mul(parameters, controls.weightDecay))
    const velocity: Tensor1D = add(mul(momentum, controls.momentum), decayed)
    return [sub(parameters, mul(velocity, controls.learningRate)), velocity]
  })
  return { parameters: nextParameters, momentum: nextMomentum }
}
