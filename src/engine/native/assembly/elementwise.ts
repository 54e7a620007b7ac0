// What is done to every value by itself, forwards and backwards; row by row, so that borders stay zero.

import { Accumulate, Combine, LoadImages, Mask, NormGradient, NormKept, Subsample } from "./instructionSet";
import { atLeast, withoutNegligible } from "./rows";
import {
  beginsSlice, firstImage, floatAt, imageBytes, imageCount, rowBytes, size, slice, tileOf, word,
} from "./words";

/**
 * Images as the data set has them into the padded layout, moved down and right and then mirrored (He et al. 2015, section 4.2); zeros
 * enter.
 */
export function loadImages(): void {
  const side = word(LoadImages.side), channels = word(LoadImages.imageChannels);
  const pixel = size(LoadImages.channels) << 2, row = rowBytes(LoadImages.output);
  const stagedPixel = <usize>channels << 2;
  const stagedImage = <usize>(side * side) * stagedPixel;
  for (let n = 0; n < imageCount; n++) {
    const image = firstImage + n;
    const staged = size(LoadImages.staging) + <usize>image * stagedImage;
    const output = tileOf(LoadImages.output) + <usize>n * imageBytes(LoadImages.output);
    const moves = size(LoadImages.moves) + <usize>(3 * image);
    const down = <i32>load<i8>(moves), right = <i32>load<i8>(moves, 1), isMirrored = load<u8>(moves, 2) != 0;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const fromY = y - down, fromX = (isMirrored ? side - 1 - x : x) - right;
        const to = output + <usize>y * row + <usize>x * pixel;
        const isInside = fromY >= 0 && fromY < side && fromX >= 0 && fromX < side;
        const from = staged + <usize>(fromY * side + fromX) * stagedPixel;
        for (let c: usize = 0; c < pixel; c += 4) store<f32>(to + c, isInside && c < stagedPixel ? load<f32>(from + c) : 0);
      }
  }
}

/** Lowest value that a ReLU, or no ReLU, lets pass. */
@inline
function lowest(relu: bool): v128 {
  return f32x4.splat(relu ? 0 : -Infinity);
}

/** Four channels, or eight where `isPair`, of one image: see `Combine`. */
@inline
function combineChannels(image: usize, channel: usize, isPair: bool): void {
  const side = word(Combine.side), pixel = size(Combine.channels) << 2, length = <usize>side * pixel;
  const inputRow = rowBytes(Combine.input), outputRow = rowBytes(Combine.output);
  const kept = size(Combine.kept) + channel;
  const low = lowest(word(Combine.relu) != 0);
  // The factor is drawn into scale and shift.
  const factor = f32x4.splat(floatAt(Combine.residualFactor));
  const scale0 = f32x4.mul(v128.load(kept), factor), shift0 = f32x4.mul(v128.load(kept + pixel), factor);
  const scale1 = isPair ? f32x4.mul(v128.load(kept, 16), factor) : scale0;
  const shift1 = isPair ? f32x4.mul(v128.load(kept + pixel, 16), factor) : shift0;
  let from = tileOf(Combine.input) + image * imageBytes(Combine.input) + channel;
  let to = tileOf(Combine.output) + image * imageBytes(Combine.output) + channel;
  const shortcutPixel = size(Combine.shortcutChannels) << 2;
  if (word(Combine.shortcut) == 0 || channel >= shortcutPixel) {
    for (let y = 0; y < side; y++, from += inputRow, to += outputRow)
      for (let p = from, q = to, end = p + length; p < end; p += pixel, q += pixel) {
        v128.store(q, atLeast(f32x4.add(f32x4.mul(v128.load(p), scale0), shift0), low));
        if (isPair) v128.store(q, atLeast(f32x4.add(f32x4.mul(v128.load(p, 16), scale1), shift1), low), 16);
      }
    return;
  }
  const weight = f32x4.splat(floatAt(Combine.shortcutFactor)), stride = size(Combine.stride);
  const shortcutStep = shortcutPixel * stride, shortcutRow = rowBytes(Combine.shortcut) * stride;
  let carried = tileOf(Combine.shortcut) + image * imageBytes(Combine.shortcut) + channel;
  for (let y = 0; y < side; y++, from += inputRow, to += outputRow, carried += shortcutRow)
    for (let p = from, q = to, s = carried, end = p + length; p < end; p += pixel, q += pixel, s += shortcutStep) {
      const x0 = f32x4.add(f32x4.mul(v128.load(p), scale0), shift0);
      v128.store(q, atLeast(f32x4.add(x0, f32x4.mul(v128.load(s), weight)), low));
      if (!isPair) continue;
      const x1 = f32x4.add(f32x4.mul(v128.load(p, 16), scale1), shift1);
      v128.store(q, atLeast(f32x4.add(x1, f32x4.mul(v128.load(s, 16), weight)), low), 16);
    }
}

export function combine(): void {
  const pixel = size(Combine.channels) << 2;
  // Where the shortcut ends in the middle of eight channels, all go by fours.
  const pairs = (size(Combine.shortcutChannels) & 4) == 0 ? pixel & ~31 : 0;
  for (let n: usize = 0; n < <usize>imageCount; n++) {
    for (let c: usize = 0; c < pairs; c += 32) combineChannels(n, c, true);
    for (let c: usize = pairs; c < pixel; c += 16) combineChannels(n, c, false);
  }
}

/** Shortcut A where the dimensions change, for the shortcuts that do more with it than add it (He et al. 2015, section 3.3). */
export function subsample(): void {
  const side = word(Subsample.side);
  const inputPixel = size(Subsample.inputChannels) << 2, outputPixel = size(Subsample.outputChannels) << 2;
  const stride = size(Subsample.stride);
  const input = tileOf(Subsample.input), output = tileOf(Subsample.output);
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let y: usize = 0; y < <usize>side; y++) {
      let from = input + n * imageBytes(Subsample.input) + y * stride * rowBytes(Subsample.input);
      let to = output + n * imageBytes(Subsample.output) + y * rowBytes(Subsample.output);
      for (let x = 0; x < side; x++, from += stride * inputPixel, to += outputPixel) {
        memory.copy(to, from, min(inputPixel, outputPixel));
        if (outputPixel > inputPixel) memory.fill(to + inputPixel, 0, outputPixel - inputPixel);
      }
    }
}

/** Backwards of `subsample`, and sums of gradients. */
export function accumulate(): void {
  const side = word(Accumulate.side), channelBytes = size(Accumulate.channels) << 2;
  const targetPixel = size(Accumulate.targetChannels) << 2, sourcePixel = size(Accumulate.sourceChannels) << 2;
  const stride = size(Accumulate.stride), adds = word(Accumulate.adds) != 0;
  const targetRow = rowBytes(Accumulate.target), sourceRow = rowBytes(Accumulate.source);
  const factor = f32x4.splat(floatAt(Accumulate.factor));
  const isSparse = stride != 1 || targetPixel > channelBytes;
  for (let n: usize = 0; n < <usize>imageCount; n++) {
    const target = tileOf(Accumulate.target) + n * imageBytes(Accumulate.target);
    const source = tileOf(Accumulate.source) + n * imageBytes(Accumulate.source);
    if (!adds && isSparse)
      for (let y: usize = 0; y < size(Accumulate.targetSide); y++)
        memory.fill(target + y * targetRow, 0, size(Accumulate.targetSide) * targetPixel);
    for (let y: usize = 0; y < <usize>side; y++) {
      let p = source + y * sourceRow, q = target + y * stride * targetRow;
      for (let x = 0; x < side; x++, p += sourcePixel, q += stride * targetPixel)
        for (let c: usize = 0; c < channelBytes; c += 16) {
          const value = f32x4.mul(factor, v128.load(p + c));
          v128.store(q + c, adds ? f32x4.add(v128.load(q + c), value) : value);
        }
    }
  }
}

/** Four channels, or eight where `isPair`, of all images of the tile: see `Mask`. */
@inline
function maskChannels(channel: usize, isPair: bool): void {
  const side = word(Mask.side), pixel = size(Mask.channels) << 2, length = <usize>side * pixel;
  const hasRelu = word(Mask.activation) != 0, isNormalised = word(Mask.normalised) != 0;
  const zero = f32x4.splat(0);
  let sum0 = zero, sum1 = zero, product0 = zero, product1 = zero;
  const means = size(Mask.kept) + <usize>NormKept.mean * pixel + channel;
  const mean0 = isNormalised ? v128.load(means) : zero, mean1 = isNormalised && isPair ? v128.load(means, 16) : zero;
  for (let n: usize = 0; n < <usize>imageCount; n++) {
    let gradient = tileOf(Mask.gradient) + n * imageBytes(Mask.gradient) + channel;
    let activation = tileOf(Mask.activation) + n * imageBytes(Mask.activation) + channel;
    let normalised = tileOf(Mask.normalised) + n * imageBytes(Mask.normalised) + channel;
    for (let y = 0; y < side; y++) {
      let p = gradient, a = activation, z = normalised;
      const end = p + length;
      if (hasRelu && isNormalised)
        for (; p < end; p += pixel, a += pixel, z += pixel) {
          const g0 = withoutNegligible(v128.and(v128.load(p), f32x4.gt(v128.load(a), zero)));
          v128.store(p, g0);
          sum0 = f32x4.add(sum0, g0);
          product0 = f32x4.add(product0, f32x4.mul(g0, f32x4.sub(v128.load(z), mean0)));
          if (!isPair) continue;
          const g1 = withoutNegligible(v128.and(v128.load(p, 16), f32x4.gt(v128.load(a, 16), zero)));
          v128.store(p, g1, 16);
          sum1 = f32x4.add(sum1, g1);
          product1 = f32x4.add(product1, f32x4.mul(g1, f32x4.sub(v128.load(z, 16), mean1)));
        }
      else if (hasRelu)
        for (; p < end; p += pixel, a += pixel) {
          v128.store(p, withoutNegligible(v128.and(v128.load(p), f32x4.gt(v128.load(a), zero))));
          if (isPair) v128.store(p, withoutNegligible(v128.and(v128.load(p, 16), f32x4.gt(v128.load(a, 16), zero))), 16);
        }
      else
        for (; p < end; p += pixel, z += pixel) {
          const g0 = v128.load(p);
          sum0 = f32x4.add(sum0, g0);
          product0 = f32x4.add(product0, f32x4.mul(g0, f32x4.sub(v128.load(z), mean0)));
          if (!isPair) continue;
          const g1 = v128.load(p, 16);
          sum1 = f32x4.add(sum1, g1);
          product1 = f32x4.add(product1, f32x4.mul(g1, f32x4.sub(v128.load(z, 16), mean1)));
        }
      gradient += rowBytes(Mask.gradient);
      activation += rowBytes(Mask.activation);
      normalised += rowBytes(Mask.normalised);
    }
  }
  if (!isNormalised) return;
  const sums = size(Mask.partials) + <usize>slice * 2 * pixel + channel, products = sums + pixel;
  v128.store(sums, f32x4.add(v128.load(sums), sum0));
  v128.store(products, f32x4.add(v128.load(products), product0));
  if (!isPair) return;
  v128.store(sums, f32x4.add(v128.load(sums, 16), sum1), 16);
  v128.store(products, f32x4.add(v128.load(products, 16), product1), 16);
}

export function mask(): void {
  const pixel = size(Mask.channels) << 2;
  if (word(Mask.normalised) != 0 && beginsSlice)
    memory.fill(size(Mask.partials) + <usize>slice * 2 * pixel, 0, 2 * pixel);
  let c: usize = 0;
  for (; c + 32 <= pixel; c += 32) maskChannels(c, true);
  if (c < pixel) maskChannels(c, false);
}

/** Four channels, or eight where `isPair`, of one image: see `NormGradient`. */
@inline
function normGradientChannels(image: usize, channel: usize, isPair: bool): void {
  const side = word(NormGradient.side), pixel = size(NormGradient.channels) << 2, length = <usize>side * pixel;
  const firsts = size(NormGradient.factors) + channel, seconds = firsts + pixel, thirds = seconds + pixel;
  const first0 = v128.load(firsts), second0 = v128.load(seconds), third0 = v128.load(thirds);
  const first1 = isPair ? v128.load(firsts, 16) : first0, second1 = isPair ? v128.load(seconds, 16) : second0;
  const third1 = isPair ? v128.load(thirds, 16) : third0;
  let gradient = tileOf(NormGradient.gradient) + image * imageBytes(NormGradient.gradient) + channel;
  let normalised = tileOf(NormGradient.normalised) + image * imageBytes(NormGradient.normalised) + channel;
  let output = tileOf(NormGradient.output) + image * imageBytes(NormGradient.output) + channel;
  for (let y = 0; y < side; y++) {
    for (let p = gradient, z = normalised, q = output, end = p + length; p < end; p += pixel, z += pixel, q += pixel) {
      v128.store(
        q, f32x4.add(f32x4.mul(v128.load(p), first0), f32x4.add(f32x4.mul(v128.load(z), second0), third0)),
      );
      if (isPair)
        v128.store(
          q,
          f32x4.add(f32x4.mul(v128.load(p, 16), first1), f32x4.add(f32x4.mul(v128.load(z, 16), second1), third1)),
          16,
        );
    }
    gradient += rowBytes(NormGradient.gradient);
    normalised += rowBytes(NormGradient.normalised);
    output += rowBytes(NormGradient.output);
  }
}

export function normGradient(): void {
  const pixel = size(NormGradient.channels) << 2;
  for (let n: usize = 0; n < <usize>imageCount; n++) {
    let c: usize = 0;
    for (; c + 32 <= pixel; c += 32) normGradientChannels(n, c, true);
    if (c < pixel) normGradientChannels(n, c, false);
  }
}
