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

/** How a shortcut of some strength and what F computed are joined; the factors are 1 but in scaled shortcuts. */
export const plainAdd = (
  residual: PlainTensor,
  shortcut: PlainTensor,
  strength: number,
  residualScale = 1,
  shortcutScale = 1,
): PlainTensor =>
  plainMap(
    residual,
    (value, index) =>
      (1 + strength * (residualScale - 1)) * value +
      strength * shortcutScale * valueAt(shortcut.values, index),
  )

/** As `plainAdd`, by a gate of the same shape (He et al. 2016, section 3.1). */
export const plainGatedAdd = (
  residual: PlainTensor,
  shortcut: PlainTensor,
  gate: PlainTensor,
  strength: number,
  exclusive: boolean,
): PlainTensor =>
  plainMap(residual, (value, index) => {
    const g = valueAt(gate.values, index)
    const kept = exclusive ? 1 + strength * (g - 1) : 1
    return kept * value + strength * (1 - g) * valueAt(shortcut.values, index)
  })

/** σ(x + b), b by channel. */
export const plainGate = (x: PlainTensor, bias: PlainTensor): PlainTensor =>
  plainMap(x, (value, index) => 1 / (1 + Math.exp(-value - valueAt(bias.values, index % bias.values.length))))

/** x times the one value of `multiplier`. */
export const plainMultiply = (x: PlainTensor, multiplier: PlainTensor): PlainTensor =>
  plainMap(x, (value) => value * valueAt(multiplier.values, 0))

/** Each value times its own factor: 0 where dropout drops it, 1 / (1 − rate) where it keeps it. */
export const plainDropout = (x: PlainTensor, factors: ArrayLike<number>): PlainTensor =>
  plainMap(x, (value, index) => value * valueAt(factors, index))

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

/** 3×3 maximum at stride 2; what lies outside of the image is never the largest. */
export const plainMaxPool = (x: PlainTensor): PlainTensor => {
  const [batch, rows, columns, channels] = sidesOf(x)
  const outputRows = Math.floor((rows - 1) / 2) + 1
  const outputColumns = Math.floor((columns - 1) / 2) + 1
  const y = plainZeros([batch, outputRows, outputColumns, channels])
  y.values.fill(Number.NEGATIVE_INFINITY)
  x.values.forEach((value, index) => {
    const channel = index % channels
    const column = Math.floor(index / channels) % columns
    const row = Math.floor(index / (channels * columns)) % rows
    const image = Math.floor(index / (channels * columns * rows))
    // The windows that hold row r are those with |2h − r| ≤ 1.
    for (let h = Math.ceil((row - 1) / 2); h <= Math.min(outputRows - 1, (row + 1) / 2); h++)
      for (let w = Math.ceil((column - 1) / 2); w <= Math.min(outputColumns - 1, (column + 1) / 2); w++) {
        const at = ((image * outputRows + h) * outputColumns + w) * channels + channel
        y.values[at] = Math.max(valueAt(y.values, at), value)
      }
  })
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
