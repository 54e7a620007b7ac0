import { add, matMul, sum, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core'

/** [N, I] · [I, O] + [O] → [N, O]. */
export const dense = (x: Tensor2D, kernel: Tensor2D, bias: Tensor1D): Tensor2D =>
  tidy(() => add(matMul(x, kernel), bias))

export interface DenseGradients {
  readonly input: Tensor2D
  readonly kernel: Tensor2D
  readonly bias: Tensor1D
}

export const denseGradients = (outputGradient: Tensor2D, x: Tensor2D, kernel: Tensor2D): DenseGradients => ({
  input: matMul(outputGradient, kernel, false, true),
  kernel: matMul(x, outputGradient, true),
  bias: sum(outputGradient, 0),
})
