import {
  avgPool,
  fill,
  matMul,
  reshape,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core'
import type { Constants } from './constants.ts'

/**
 * Mean of each channel over batch, rows and columns: [N, S, S, C] → [C]. tfjs's own reductions know only the innermost axis and
 * transpose the whole activation first; these do not.
 */
export const channelMeans = (x: Tensor4D, constants: Constants): Tensor1D =>
  tidy(() => (constants.backend === 'webgl' ? meansByProduct(x, constants) : meansByPooling(x)))

/** Average pooling, first over each image, then over the batch: in WebAssembly 0.09 ms where `mean` takes 0.45 (64×16×16×8). */
const meansByPooling = (x: Tensor4D): Tensor1D => {
  const [batch, rows, columns, channels] = x.shape
  const ofImages = avgPool(x, [rows, columns], 1, 'valid')
  const asColumn: Tensor4D = reshape(ofImages, [1, batch, 1, channels])
  return reshape(avgPool(asColumn, [batch, 1], 1, 'valid'), [channels])
}

/** Products with rows of equal weights, first over each image, then over the batch: two draws, with a thread for each image and channel. */
const meansByProduct = (x: Tensor4D, constants: Constants): Tensor1D => {
  const [batch, rows, columns, channels] = x.shape
  const pixels = rows * columns
  const pixelWeights = constants.tensor(
    `weights/${batch}/${pixels}`,
    (): Tensor3D => fill([batch, 1, pixels], 1 / pixels),
  )
  const imageWeights = constants.tensor(`weights/${batch}`, (): Tensor2D => fill([1, batch], 1 / batch))
  const ofImages: Tensor3D = matMul(pixelWeights, reshape(x, [batch, pixels, channels]))
  return reshape(matMul(imageWeights, reshape(ofImages, [batch, channels])), [channels])
}
