import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { ActiveOperation } from '../activeOperations.ts'
import { addShortcutGradients } from '../ops/addShortcut.ts'
import type { Constants } from '../ops/constants.ts'
import { convInputGradient, convKernelGradient } from '../ops/conv.ts'
import { denseGradients } from '../ops/dense.ts'
import { dropout } from '../ops/dropout.ts'
import { gateGradients } from '../ops/gate.ts'
import { gatedAddGradients } from '../ops/gatedAdd.ts'
import { globalAveragePoolGradient } from '../ops/globalAveragePool.ts'
import { multiplierGradients } from '../ops/multiplier.ts'
import { normGradients } from '../ops/norm.ts'
import { reluGradient } from '../ops/relu.ts'
import { subsamplePadGradient } from '../ops/subsamplePad.ts'
import type { Weights } from './forward.ts'
import { kernelParameterGradients } from './kernels.ts'
import { disposeNormSaved, type PassSaved } from './passSaved.ts'
import type { Schedule } from './schedule.ts'
import { accumulate, disposeNamed, type TensorMap, take, tensorNamed } from './tensorMap.ts'

export interface BackwardRequest {
  readonly schedule: Schedule
  readonly weights: Weights
  readonly strengths: readonly number[]
  readonly constants: Constants
  /** What `forward` kept; disposed on the way. */
  readonly activations: TensorMap
  /** What `forward` kept besides; disposed on the way. */
  readonly saved: PassSaved
  /** Gradient of the loss with respect to the logits; taken over. */
  readonly logitsGradient: Tensor2D
}

/**
 * Walks the operations backwards and gives the gradient of every parameter that the pass used. An activation is freed after its
 * writer's own gradient: all its readers stand behind the writer, so they have had it.
 */
export const backward = (request: BackwardRequest): TensorMap => {
  const gradients: TensorMap = new Map([['logits', request.logitsGradient]])
  const parameterGradients: TensorMap = new Map()
  for (const operation of request.schedule.operations.toReversed()) {
    const outputGradient = take(gradients, operation.output)
    differentiate(operation, outputGradient, gradients, parameterGradients, request)
    outputGradient.dispose()
    disposeNamed(request.activations, operation.output)
  }
  disposeNamed(request.activations, 'input')
  return parameterGradients
}

const differentiate = (
  operation: ActiveOperation,
  outputGradient: Tensor,
  gradients: TensorMap,
  parameterGradients: TensorMap,
  { weights: { parameters, kernels }, strengths, constants, activations, saved }: BackwardRequest,
): void => {
  switch (operation.kind) {
    case 'conv': {
      const input = tensorNamed<Tensor4D>(activations, operation.input)
      const kernel = tensorNamed<Tensor4D>(kernels, operation.name)
      const gradient = outputGradient as Tensor4D
      const ofKernel = convKernelGradient(input, gradient, kernel.shape, operation)
      for (const [name, ofParameter] of kernelParameterGradients(operation, ofKernel, parameters, constants))
        parameterGradients.set(name, ofParameter)
      // Nobody trains the images.
      if (operation.input !== 'input')
        accumulate(gradients, operation.input, convInputGradient(gradient, kernel, input.shape, operation))
      return
    }
    case 'norm': {
      const ofNorm = saved.norms.get(operation.name)
      if (ofNorm === undefined) throw new Error(`The forward pass kept nothing of ${operation.name}.`)
      const masked = operation.relu
        ? reluGradient(outputGradient as Tensor4D, tensorNamed(activations, operation.output))
        : (outputGradient as Tensor4D)
      const gamma = tensorNamed<Tensor1D>(parameters, `${operation.name}.gamma`)
      const { input, gamma: dGamma, beta: dBeta } = normGradients(masked, ofNorm, gamma, constants)
      if (operation.relu) masked.dispose()
      disposeNormSaved(saved.norms, operation.name)
      parameterGradients.set(`${operation.name}.gamma`, dGamma)
      parameterGradients.set(`${operation.name}.beta`, dBeta)
      accumulate(gradients, operation.input, input)
      return
    }
    case 'relu':
      accumulate(
        gradients,
        operation.input,
        reluGradient(outputGradient as Tensor4D, tensorNamed(activations, operation.output)),
      )
      return
    case 'multiplier': {
      const { input, factor } = multiplierGradients(
        outputGradient as Tensor4D,
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, operation.name),
        constants,
      )
      parameterGradients.set(operation.name, factor)
      accumulate(gradients, operation.input, input)
      return
    }
    case 'subsample-pad': {
      const { inputSide, inputChannels } = operation
      const [batch] = outputGradient.shape
      accumulate(
        gradients,
        operation.input,
        subsamplePadGradient(
          outputGradient as Tensor4D,
          [batch ?? 0, inputSide, inputSide, inputChannels],
          operation,
          constants,
        ),
      )
      return
    }
    case 'dropout': {
      const mask = saved.masks.get(operation.output)
      if (mask === undefined) throw new Error(`The forward pass kept no mask of ${operation.output}.`)
      accumulate(gradients, operation.input, dropout(outputGradient as Tensor4D, mask))
      mask.dispose()
      saved.masks.delete(operation.output)
      return
    }
    case 'gate': {
      const output = tensorNamed<Tensor4D>(activations, operation.output)
      const { input, bias } = gateGradients(outputGradient as Tensor4D, output, constants)
      parameterGradients.set(operation.name, bias)
      accumulate(gradients, operation.input, input)
      return
    }
    case 'add': {
      const strength = strengths[operation.block] ?? 0
      const { residual, shortcut } = addShortcutGradients(outputGradient as Tensor4D, operation, strength)
      accumulate(gradients, operation.residual, residual)
      accumulate(gradients, operation.shortcut, shortcut)
      return
    }
    case 'gated-add': {
      const { residual, shortcut, gate } = gatedAddGradients(
        outputGradient as Tensor4D,
        {
          residual: operation.exclusive ? tensorNamed<Tensor4D>(activations, operation.residual) : null,
          shortcut: tensorNamed(activations, operation.shortcut),
          gate: tensorNamed(activations, operation.gate),
        },
        strengths[operation.block] ?? 0,
        constants,
      )
      accumulate(gradients, operation.residual, residual)
      accumulate(gradients, operation.shortcut, shortcut)
      accumulate(gradients, operation.gate, gate)
      return
    }
    case 'pool':
      accumulate(
        gradients,
        operation.input,
        globalAveragePoolGradient(outputGradient as Tensor2D, operation.side, constants),
      )
      return
    case 'dense': {
      const gradientsOfDense = denseGradients(
        outputGradient as Tensor2D,
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, operation.kernelName),
      )
      parameterGradients.set(operation.kernelName, gradientsOfDense.kernel)
      parameterGradients.set(operation.biasName, gradientsOfDense.bias)
      accumulate(gradients, operation.input, gradientsOfDense.input)
      return
    }
    default:
      operation satisfies never
  }
}
