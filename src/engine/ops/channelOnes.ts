import { ones, type Tensor1D } from '@tensorflow/tfjs-core'
import type { Constants } from './constants.ts'

/** A scale of 1 for every channel: [C]. */
export const channelOnes = (channels: number, constants: Constants): Tensor1D =>
  constants.tensor(`scale-one/${channels}`, (): Tensor1D => ones([channels]))
