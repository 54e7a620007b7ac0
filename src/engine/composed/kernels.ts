import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { ConvOperation } from '../../domain/networkPlan.ts'
import type { Constants } from '../ops/constants.ts'
import { type DiracParameters, diracGradients, diracKernel } from '../ops/diracKernel.ts'
import { denseKernel, groupedKernelGradient } from '../ops/groupedKernel.ts'
import { type TensorMap, tensorNamed } from './tensorMap.ts'

/**
 * The kernels with which convolutions are computed, by name: [k, k, I, O], made of what is trained. They change only when the
 * parameters do, so all passes between two steps share them. The caller disposes them.
 */
export const kernelsOf = (
  convs: readonly ConvOperation[],
  parameters: ReadonlyMap<string, Tensor>,
  constants: Constants,
): TensorMap => new Map(convs.map((conv) => [conv.name, kernelOf(conv, parameters, constants)]))

const kernelOf = (
  { name, groups, kernel }: ConvOperation,
  parameters: ReadonlyMap<string, Tensor>,
  constants: Constants,
): Tensor4D => {
  const own =
    kernel === 'dirac'
      ? diracKernel(diracParameters(name, parameters), groups, constants)
      : tensorNamed<Tensor4D>(parameters, name).clone()
  if (groups === 1) return own
  const dense = denseKernel(own, groups, constants)
  own.dispose()
  return dense
}

/** Gradients of what is trained, by name, from that of the kernel that was computed with; takes it over. */
export const kernelParameterGradients = (
  { name, groups, kernel }: ConvOperation,
  kernelGradient: Tensor4D,
  parameters: ReadonlyMap<string, Tensor>,
  constants: Constants,
): readonly (readonly [string, Tensor])[] => {
  const own = groups === 1 ? kernelGradient : groupedKernelGradient(kernelGradient, groups, constants)
  if (own !== kernelGradient) kernelGradient.dispose()
  if (kernel === 'free') return [[name, own]]
  const gradients = diracGradients(own, diracParameters(name, parameters), groups, constants)
  own.dispose()
  return [
    [name, gradients.weights],
    [`${name}.identity`, gradients.identity],
    [`${name}.scale`, gradients.scale],
  ]
}

const diracParameters = (name: string, parameters: ReadonlyMap<string, Tensor>): DiracParameters => ({
  weights: tensorNamed(parameters, name),
  identity: tensorNamed(parameters, `${name}.identity`),
  scale: tensorNamed(parameters, `${name}.scale`),
})
