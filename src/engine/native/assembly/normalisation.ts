// Batch normalisation (Ioffe & Szegedy 2015, algorithm 1): sums over the batch, and what follows from them.

import { Control, GivenFactors, NormFactors, NormGradientFactors, NormKept, Slices, Statistics } from "./instructionSet";
import {
  beginsSlice, controlWord, floatAt, imageBytes, imageCount, rowBytes, size, slice, sliceStart, thread, tileOf, word,
} from "./words";

/** He et al.'s value. */
const epsilon: f64 = 1e-5;

/** Share of the old value that a running statistic keeps at each step. */
const kept: f64 = 0.9;

/**
 * Sums of each channel, and of its squares, as differences from the slice's first pixel: the difference of two large sums would lose the
 * variance's digits.
 */
export function statistics(): void {
  const side = word(Statistics.side);
  const channelBytes = size(Statistics.channels) << 2;
  const input = tileOf(Statistics.input), row = rowBytes(Statistics.input), image = imageBytes(Statistics.input);
  const partial = size(Statistics.partials) + <usize>slice * 3 * channelBytes;
  if (beginsSlice) {
    memory.copy(partial, input, channelBytes);
    memory.fill(partial + channelBytes, 0, 2 * channelBytes);
  }
  const rowLength = <usize>side * channelBytes;
  let c: usize = 0;
  for (; c + 32 <= channelBytes; c += 32) {
    const near0 = v128.load(partial + c), near1 = v128.load(partial + c, 16);
    let sum0 = f32x4.splat(0), sum1 = sum0, square0 = sum0, square1 = sum0;
    for (let n = 0, ofImage = input + c; n < imageCount; n++, ofImage += image)
      for (let y = 0, p = ofImage; y < side; y++, p += row)
        for (let q = p, end = p + rowLength; q < end; q += channelBytes) {
          const x0 = f32x4.sub(v128.load(q), near0), x1 = f32x4.sub(v128.load(q, 16), near1);
          sum0 = f32x4.add(sum0, x0);
          sum1 = f32x4.add(sum1, x1);
          square0 = f32x4.add(square0, f32x4.mul(x0, x0));
          square1 = f32x4.add(square1, f32x4.mul(x1, x1));
        }
    const sums = partial + channelBytes + c, squares = sums + channelBytes;
    v128.store(sums, f32x4.add(v128.load(sums), sum0));
    v128.store(sums, f32x4.add(v128.load(sums, 16), sum1), 16);
    v128.store(squares, f32x4.add(v128.load(squares), square0));
    v128.store(squares, f32x4.add(v128.load(squares, 16), square1), 16);
  }
  if (c == channelBytes) return;
  const near = v128.load(partial + c);
  let sum = f32x4.splat(0), square = sum;
  for (let n = 0, ofImage = input + c; n < imageCount; n++, ofImage += image)
    for (let y = 0, p = ofImage; y < side; y++, p += row)
      for (let q = p, end = p + rowLength; q < end; q += channelBytes) {
        const x = f32x4.sub(v128.load(q), near);
        sum = f32x4.add(sum, x);
        square = f32x4.add(square, f32x4.mul(x, x));
      }
  const sums = partial + channelBytes + c, squares = sums + channelBytes;
  v128.store(sums, f32x4.add(v128.load(sums), sum));
  v128.store(squares, f32x4.add(v128.load(squares), square));
}

/**
 * Mean and biased variance of every channel from the sums of the slices, and from them the normalisation as x · scale + shift. Every
 * thread computes the same and writes the same; what moves on (the running statistics) one alone writes.
 */
export function normFactors(): void {
  const channels = word(NormFactors.channels), area = word(NormFactors.area);
  const images = controlWord(Control.images);
  const count = <f64>(images * area);
  const rowBytes = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    let mean: f64 = 0;
    for (let s = 0; s < Slices.count; s++) {
      const partial = size(NormFactors.partials) + <usize>(3 * s) * rowBytes + at;
      const values = <f64>((sliceStart(s + 1) - sliceStart(s)) * area);
      if (values > 0) mean += values * <f64>load<f32>(partial) + <f64>load<f32>(partial + rowBytes);
    }
    mean /= count;
    let squares: f64 = 0;
    for (let s = 0; s < Slices.count; s++) {
      const partial = size(NormFactors.partials) + <usize>(3 * s) * rowBytes + at;
      const values = <f64>((sliceStart(s + 1) - sliceStart(s)) * area);
      if (values == 0) continue;
      const sum = <f64>load<f32>(partial + rowBytes);
      const away = <f64>load<f32>(partial) + sum / values - mean;
      squares += <f64>load<f32>(partial + 2 * rowBytes) - sum * sum / values + values * away * away;
    }
    const variance = squares < 0 ? 0 : squares / count;
    keep(size(NormFactors.kept) + at, rowBytes, mean, variance, load<f32>(size(NormFactors.gamma) + at), load<f32>(size(NormFactors.beta) + at));
    if (thread != 0) continue;
    const unbiased = count > 1 ? variance * (count / (count - 1)) : variance;
    if (word(NormFactors.runningMean) != 0) {
      moveOn(size(NormFactors.runningMean) + at, mean);
      moveOn(size(NormFactors.runningVariance) + at, unbiased);
    }
    if (word(NormFactors.batchMean) != 0) {
      store<f32>(size(NormFactors.batchMean) + at, <f32>mean);
      store<f32>(size(NormFactors.batchVariance) + at, <f32>unbiased);
    }
  }
}

@inline
function moveOn(at: usize, value: f64): void {
  store<f32>(at, <f32>(kept * <f64>load<f32>(at) + (1 - kept) * value));
}

@inline
function keep(at: usize, rowBytes: usize, mean: f64, variance: f64, gamma: f32, beta: f32): void {
  const inverse = 1 / Math.sqrt(variance + epsilon);
  const scale = <f64>gamma * inverse;
  store<f32>(at + <usize>NormKept.scale * rowBytes, <f32>scale);
  store<f32>(at + <usize>NormKept.shift * rowBytes, <f32>(<f64>beta - mean * scale));
  store<f32>(at + <usize>NormKept.mean * rowBytes, <f32>mean);
  store<f32>(at + <usize>NormKept.inverseDeviation * rowBytes, <f32>inverse);
}

/** The normalisation by given statistics. */
export function givenFactors(): void {
  const channels = word(GivenFactors.channels);
  const rowBytes = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    keep(
      size(GivenFactors.kept) + at, rowBytes,
      <f64>load<f32>(size(GivenFactors.mean) + at), <f64>load<f32>(size(GivenFactors.variance) + at),
      load<f32>(size(GivenFactors.gamma) + at), load<f32>(size(GivenFactors.beta) + at),
    );
  }
}

/**
 * The gradient through mean and variance in closed form: with x̂ the normalised input and M the number of its values, dx = γ/σ · (dy − Σdy/M −
 * x̂ · Σ(dy · x̂)/M), written as first · dy + second · x + third. Every thread computes and writes the same.
 */
export function normGradientFactors(): void {
  const channels = word(NormGradientFactors.channels);
  const rowBytes = <usize>channels << 2;
  const count = <f64>(controlWord(Control.images) * word(NormGradientFactors.area));
  const factor = <f64>floatAt(NormGradientFactors.factor) * <f64>floatAt(NormGradientFactors.viewFactor);
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2;
    let sum: f64 = 0, product: f64 = 0;
    for (let s = 0; s < Slices.count; s++) {
      if (sliceStart(s + 1) == sliceStart(s)) continue;
      const partial = size(NormGradientFactors.partials) + <usize>(2 * s) * rowBytes + at;
      sum += <f64>load<f32>(partial);
      product += <f64>load<f32>(partial + rowBytes);
    }
    const ofNorm = size(NormGradientFactors.kept) + at;
    const mean = <f64>load<f32>(ofNorm + <usize>NormKept.mean * rowBytes);
    const inverse = <f64>load<f32>(ofNorm + <usize>NormKept.inverseDeviation * rowBytes);
    const gamma = <f64>load<f32>(size(NormGradientFactors.gamma) + at);
    const ofGamma = factor * product * inverse;
    store<f32>(size(NormGradientFactors.gammaGradient) + at, <f32>ofGamma);
    store<f32>(size(NormGradientFactors.betaGradient) + at, <f32>(factor * sum));
    const scale = gamma * inverse;
    const second = -scale * inverse * ofGamma / count;
    const out = size(NormGradientFactors.factors) + at;
    store<f32>(out, <f32>(scale * factor));
    store<f32>(out + rowBytes, <f32>second);
    store<f32>(out + 2 * rowBytes, <f32>(-scale * factor * sum / count - second * mean));
  }
}
