import { type PlainTensor, plainZeros, sidesOf, valueAt } from './PlainTensor.ts'

interface Geometry {
  readonly stride: number
  readonly padding: number
  /** Each group of output channels reads its own group of input channels; 1 unless said otherwise. */
  readonly groups?: number
}

/** Calls back for every product that a convolution sums: indices of input, kernel and output values. */
const forEachProduct = (
  x: PlainTensor,
  kernel: PlainTensor,
  { stride, padding, groups = 1 }: Geometry,
  visit: (input: number, weight: number, output: number) => void,
): void => {
  const [, rows, columns, inputChannels] = sidesOf(x)
  const [kernelRows, kernelColumns, groupInputs] = sidesOf(kernel)
  const [batch, outputRows, outputColumns, outputChannels] = outputShape(x, kernel, { stride, padding })
  const groupOutputs = outputChannels / groups
  for (let n = 0; n < batch; n++)
    for (let h = 0; h < outputRows; h++)
      for (let w = 0; w < outputColumns; w++)
        for (let i = 0; i < kernelRows; i++)
          for (let j = 0; j < kernelColumns; j++) {
            const row = h * stride + i - padding
            const column = w * stride + j - padding
            if (row < 0 || row >= rows || column < 0 || column >= columns) continue
            for (let c = 0; c < groupInputs; c++)
              for (let o = 0; o < outputChannels; o++)
                visit(
                  ((n * rows + row) * columns + column) * inputChannels +
                    Math.floor(o / groupOutputs) * groupInputs +
                    c,
                  ((i * kernelColumns + j) * groupInputs + c) * outputChannels + o,
                  ((n * outputRows + h) * outputColumns + w) * outputChannels + o,
                )
          }
}

const outputShape = (
  x: PlainTensor,
  kernel: PlainTensor,
  { stride, padding }: Geometry,
): readonly [number, number, number, number] => {
  const [batch, rows, columns] = sidesOf(x)
  const [kernelRows, kernelColumns, , outputChannels] = sidesOf(kernel)
  return [
    batch,
    Math.floor((rows + 2 * padding - kernelRows) / stride) + 1,
    Math.floor((columns + 2 * padding - kernelColumns) / stride) + 1,
    outputChannels,
  ]
}

export const plainConv = (x: PlainTensor, kernel: PlainTensor, geometry: Geometry): PlainTensor => {
  const y = plainZeros(outputShape(x, kernel, geometry))
  forEachProduct(x, kernel, geometry, (input, weight, output) => {
    y.values[output] = valueAt(y.values, output) + valueAt(x.values, input) * valueAt(kernel.values, weight)
  })
  return y
}

/** Gradients of Σ y · outputGradient by the input and by the kernel. */
export const plainConvGradients = (
  x: PlainTensor,
  kernel: PlainTensor,
  outputGradient: PlainTensor,
  geometry: Geometry,
): { readonly input: PlainTensor; readonly kernel: PlainTensor } => {
  const ofInput = plainZeros(x.shape)
  const ofKernel = plainZeros(kernel.shape)
  forEachProduct(x, kernel, geometry, (input, weight, output) => {
    const dy = valueAt(outputGradient.values, output)
    ofInput.values[input] = valueAt(ofInput.values, input) + dy * valueAt(kernel.values, weight)
    ofKernel.values[weight] = valueAt(ofKernel.values, weight) + dy * valueAt(x.values, input)
  })
  return { input: ofInput, kernel: ofKernel }
}
