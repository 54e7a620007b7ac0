import { type PlainTensor, plainOf, plainZeros, sidesOf, valueAt } from './PlainTensor.ts'

/** Mean and variance of each channel; `unbiased` divides by one less. */
export const plainMoments = (
  x: PlainTensor,
): { readonly mean: PlainTensor; readonly variance: PlainTensor; readonly unbiased: PlainTensor } => {
  const [, , , channels] = sidesOf(x)
  const count = x.values.length / channels
  const mean = plainZeros([channels])
  const variance = plainZeros([channels])
  x.values.forEach((value, index) => {
    mean.values[index % channels] = valueAt(mean.values, index % channels) + value / count
  })
  x.values.forEach((value, index) => {
    const channel = index % channels
    variance.values[channel] =
      valueAt(variance.values, channel) + (value - valueAt(mean.values, channel)) ** 2 / count
  })
  const unbiased = variance.values.map((value) => (value * count) / Math.max(1, count - 1))
  return { mean, variance, unbiased: { shape: [channels], values: unbiased } }
}

export const plainNorm = (
  x: PlainTensor,
  gamma: PlainTensor,
  beta: PlainTensor,
  mean: PlainTensor,
  variance: PlainTensor,
): PlainTensor => {
  const [, , , channels] = sidesOf(x)
  return plainMap(x, (value, index) => {
    const channel = index % channels
    const deviation = Math.sqrt(valueAt(variance.values, channel) + 1e-5)
    const normalised = (value - valueAt(mean.values, channel)) / deviation
    return normalised * valueAt(gamma.values, channel) + valueAt(beta.values, channel)
  })
}

export const plainRelu = (x: PlainTensor): PlainTensor => plainMap(x, (value) => Math.max(0, value))

export const plainAdd = (residual: PlainTensor, shortcut: PlainTensor, strength: number): PlainTensor =>
  plainMap(residual, (value, index) => value + strength * valueAt(shortcut.values, index))

/** Every stride-th pixel, zero channels appended. */
export const plainSubsamplePad = (x: PlainTensor, stride: number, outputChannels: number): PlainTensor => {
  const [batch, rows, columns, channels] = sidesOf(x)
  const outputRows = Math.floor((rows - 1) / stride) + 1
  const outputColumns = Math.floor((columns - 1) / stride) + 1
  const y = plainZeros([batch, outputRows, outputColumns, outputChannels])
  for (let n = 0; n < batch; n++)
    for (let h = 0; h < outputRows; h++)
      for (let w = 0; w < outputColumns; w++)
        for (let c = 0; c < channels; c++)
          y.values[((n * outputRows + h) * outputColumns + w) * outputChannels + c] = valueAt(
            x.values,
            ((n * rows + h * stride) * columns + w * stride) * channels + c,
          )
  return y
}

export const plainPool = (x: PlainTensor): PlainTensor => {
  const [batch, rows, columns, channels] = sidesOf(x)
  const y = plainZeros([batch, channels])
  x.values.forEach((value, index) => {
    const image = Math.floor(index / (rows * columns * channels))
    const at = image * channels + (index % channels)
    y.values[at] = valueAt(y.values, at) + value / (rows * columns)
  })
  return y
}

export const plainDense = (x: PlainTensor, kernel: PlainTensor, bias: PlainTensor): PlainTensor => {
  const [batch = 0, inputs = 0] = x.shape
  const outputs = bias.values.length
  const y = plainZeros([batch, outputs])
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < outputs; o++) {
      let sum = valueAt(bias.values, o)
      for (let i = 0; i < inputs; i++)
        sum += valueAt(x.values, n * inputs + i) * valueAt(kernel.values, i * outputs + o)
      y.values[n * outputs + o] = sum
    }
  return y
}

/** Mean cross-entropy (nats) and error (percent). */
export const plainLossAndError = (
  logits: PlainTensor,
  labels: ArrayLike<number>,
): { readonly loss: number; readonly error: number } => {
  const [batch = 0, classes = 0] = logits.shape
  let loss = 0
  let wrong = 0
  for (let n = 0; n < batch; n++) {
    const row = [...logits.values.subarray(n * classes, (n + 1) * classes)]
    const label = valueAt(labels, n)
    const most = Math.max(...row)
    const partition = row.reduce((sum, logit) => sum + Math.exp(logit - most), 0)
    loss += (most + Math.log(partition) - valueAt(row, label)) / batch
    if (row.indexOf(most) !== label) wrong++
  }
  return { loss, error: (100 * wrong) / batch }
}

const plainMap = (x: PlainTensor, map: (value: number, index: number) => number): PlainTensor =>
  plainOf(x.shape, x.values.map(map))
