import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core'
import type { Constants } from './constants.ts'
import { conv, convInputGradient } from './conv.ts'

export interface SubsamplePadGeometry {
  readonly stride: 1 | 2
  readonly inputChannels: number
  readonly outputChannels: number
}

/**
 * Shortcut A where the dimensions change: every stride-th pixel, zero channels appended (He et al. 2015, section 3.3):
 * [N, S, S, I] → [N, ⌊(S − 1)/stride⌋ + 1, …, O]. A 1×1 convolution by a fixed matrix of zeros and ones does both at once.
 */
export const subsamplePad = (x: Tensor4D, geometry: SubsamplePadGeometry, constants: Constants): Tensor4D =>
  conv(x, selection(geometry, constants), { stride: geometry.stride, padding: 0 })

/** Every gradient goes back to the pixel it came from; pixels that were passed over and appended channels get none. */
export const subsamplePadGradient = (
  outputGradient: Tensor4D,
  inputShape: Tensor4D['shape'],
  geometry: SubsamplePadGeometry,
  constants: Constants,
): Tensor4D =>
  convInputGradient(outputGradient, selection(geometry, constants), inputShape, {
    stride: geometry.stride,
    padding: 0,
  })

const selection = ({ inputChannels, outputChannels }: SubsamplePadGeometry, constants: Constants): Tensor4D =>
  constants.tensor(`selection/${inputChannels}/${outputChannels}`, () => {
    const matrix = new Float32Array(inputChannels * outputChannels)
    for (let channel = 0; channel < inputChannels; channel++) matrix[channel * outputChannels + channel] = 1
    return tensor4d(matrix, [1, 1, inputChannels, outputChannels])
  })
