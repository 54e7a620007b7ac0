import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core'

/** What decides a convolution besides its tensors. Padding is explicit on every side, whatever the stride. */
export interface ConvGeometry {
  readonly stride: 1 | 2
  readonly padding: 0 | 1 | 3
}

/** [N, H, W, I] with kernel [k, k, I, O] → [N, ⌊(H + 2p − k)/s⌋ + 1, …, O]. */
export const conv = (x: Tensor4D, kernel: Tensor4D, { stride, padding }: ConvGeometry): Tensor4D =>
  conv2d(x, kernel, stride, padding)

/** Gradient of the kernel, [k, k, I, O], from the input [N, H, W, I] and the gradient of the output. */
export const convKernelGradient = (
  x: Tensor4D,
  outputGradient: Tensor4D,
  kernelShape: Tensor4D['shape'],
  { stride, padding }: ConvGeometry,
): Tensor4D =>
  runKernel4D(
    Conv2DBackpropFilter,
    { x, dy: outputGradient },
    { strides: stride, pad: padding, dataFormat: 'NHWC', filterShape: kernelShape },
  )

/** Gradient of the input, [N, H, W, I], from the kernel and the gradient of the output. */
export const convInputGradient = (
  outputGradient: Tensor4D,
  kernel: Tensor4D,
  inputShape: Tensor4D['shape'],
  { stride, padding }: ConvGeometry,
): Tensor4D =>
  runKernel4D(
    Conv2DBackpropInput,
    { dy: outputGradient, filter: kernel },
    { strides: stride, pad: padding, dataFormat: 'NHWC', inputShape },
  )

/** tfjs offers these kernels only through its own tape; here gradients are walked by hand, so they are called by name. */
const runKernel4D = (
  name: string,
  inputs: Readonly<Record<string, Tensor4D>>,
  attributes: NonNullable<Parameters<ReturnType<typeof engine>['runKernel']>[2]>,
): Tensor4D => {
  const result = engine().runKernel<Tensor | Tensor[]>(name, { ...inputs }, attributes)
  return Array.isArray(result) ? (result[0] as Tensor4D) : (result as Tensor4D)
}
