import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  getKernel,
  type KernelBackend,
  type NamedAttrMap,
  pad,
  registerKernel,
  reshape,
  slice,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
  tensor4d,
  tidy,
  transpose,
  unregisterKernel,
} from '@tensorflow/tfjs-core'

/**
 * tfjs's WebAssembly backend has a fast forward convolution, a slow input gradient and no kernel gradient. Both gradients are
 * forward convolutions of rearranged tensors, and are registered here as its kernels. NHWC, HWIO, numeric padding only.
 */
export const registerWasmConvGradients = (): void => {
  register(Conv2DBackpropFilter, ({ x, dy }, { strides, pad: padding, filterShape }) =>
    kernelGradient(
      x as Tensor4D,
      dy as Tensor4D,
      filterShape as Tensor4D['shape'],
      strides as number,
      padding as number,
    ),
  )
  register(Conv2DBackpropInput, ({ dy, filter }, { strides, pad: padding, inputShape }) =>
    inputGradient(
      dy as Tensor4D,
      filter as Tensor4D,
      inputShape as Tensor4D['shape'],
      strides as number,
      padding as number,
    ),
  )
}

/**
 * dW[i, j, c, o] = Σ x[n, h·s + i − p, w·s + j − p, c] · dy[n, h, w, o]: a convolution of the input, its images and channels
 * exchanged, with dy as the kernel and the stride as dilation. Result [I, k, k, O], a row and a column more where the stride
 * passed over the last pixels.
 */
const kernelGradient = (
  x: Tensor4D,
  outputGradient: Tensor4D,
  kernelShape: Tensor4D['shape'],
  stride: number,
  padding: number,
): Tensor4D => {
  const [batch, rows, columns, inputChannels] = x.shape
  const [, outputRows, outputColumns, outputChannels] = outputGradient.shape
  const [kernelRows, kernelColumns] = kernelShape
  // [N, HWI] → [HWI, N] → [I, HW, N]: two plain transpositions are three times as fast as one of four axes.
  const pixelsFirst = reshape(transpose(reshape(x, [batch, -1])), [rows * columns, inputChannels, batch])
  const image: Tensor4D = reshape(transpose(pixelsFirst, [1, 0, 2]), [inputChannels, rows, columns, batch])
  const gradientPixels = reshape(outputGradient, [batch, outputRows * outputColumns, outputChannels])
  const kernel: Tensor4D = reshape(transpose(gradientPixels, [1, 0, 2]), [
    outputRows,
    outputColumns,
    batch,
    outputChannels,
  ])
  const result = conv2d(image, kernel, 1, padding, 'NHWC', stride)
  const taps = kernelRows * kernelColumns
  const exact =
    result.shape[1] === kernelRows
      ? result
      : slice(result, [0, 0, 0, 0], [inputChannels, kernelRows, kernelColumns, outputChannels])
  return reshape(transpose(reshape(exact, [inputChannels, taps, outputChannels]), [1, 0, 2]), kernelShape)
}

/**
 * dx is the convolution of dy, its pixels spread apart by the stride, with the kernel turned by 180 degrees and its channels
 * exchanged, padded by k − 1 − p.
 */
const inputGradient = (
  outputGradient: Tensor4D,
  kernel: Tensor4D,
  inputShape: Tensor4D['shape'],
  stride: number,
  padding: number,
): Tensor4D => {
  const [kernelRows, kernelColumns, inputChannels, outputChannels] = kernel.shape
  const turned = tensor4d(turnKernel(kernel.dataSync<'float32'>(), kernel.shape), [
    kernelRows,
    kernelColumns,
    outputChannels,
    inputChannels,
  ])
  const spread = stride === 1 ? outputGradient : spreadPixels(outputGradient, stride)
  const result = conv2d(spread, turned, 1, kernelRows - 1 - padding)
  return result.shape[1] === inputShape[1] ? result : slice(result, [0, 0, 0, 0], inputShape)
}

/** The kernel turned by 180 degrees, its two channel axes exchanged. Kernels are small: plain loops beat tfjs's two passes. */
const turnKernel = (
  values: Float32Array,
  [rows, columns, inputChannels, outputChannels]: Tensor4D['shape'],
): Float32Array => {
  const turned = new Float32Array(values.length)
  const taps = rows * columns
  const size = inputChannels * outputChannels
  for (let tap = 0; tap < taps; tap++) {
    const from = (taps - 1 - tap) * size
    for (let input = 0; input < inputChannels; input++)
      for (let output = 0; output < outputChannels; output++)
        turned[tap * size + output * inputChannels + input] =
          values[from + input * outputChannels + output] ?? 0
  }
  return turned
}

/** [N, H, W, C] → [N, H·stride, W·stride, C], zeros between. */
const spreadPixels = (x: Tensor4D, stride: number): Tensor4D => {
  const [batch, rows, columns, channels] = x.shape
  const wide = pad(reshape(x, [batch * rows * columns, channels]), [
    [0, 0],
    [0, (stride - 1) * channels],
  ])
  const rowLength = columns * stride * channels
  const tall = pad(reshape(wide, [batch * rows, rowLength]), [
    [0, 0],
    [0, (stride - 1) * rowLength],
  ])
  return reshape(tall, [batch, rows * stride, columns * stride, channels])
}

type Compute = (inputs: Readonly<Record<string, Tensor>>, attributes: NamedAttrMap) => Tensor

const register = (kernelName: string, compute: Compute): void => {
  if (getKernel(kernelName, 'wasm') !== undefined) unregisterKernel(kernelName, 'wasm')
  registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      withTensors(inputs, backend as KernelBackend, (tensors) => compute(tensors, attrs ?? {})),
  })
}

/** A kernel is handed bare data: wrap it in tensors that share it, so that the gradient can be written in ops. */
const withTensors = (
  inputs: Readonly<Record<string, TensorInfo | undefined>>,
  backend: KernelBackend,
  compute: (tensors: Readonly<Record<string, Tensor>>) => Tensor,
): TensorInfo =>
  tidy(() => {
    const tensors: Record<string, Tensor> = {}
    for (const [name, info] of Object.entries(inputs)) {
      if (info === undefined) continue
      backend.incRef(info.dataId)
      tensors[name] = engine().makeTensorFromDataId(info.dataId, info.shape, info.dtype, backend)
    }
    return compute(tensors)
  })
