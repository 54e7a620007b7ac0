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
        for (let c: usize = 0; c < stagedPixel; c += 4) store<f32>(to + c, isInside ? load<f32>(from + c) : 0);
      }
  }
}

/** Lowest value that a ReLU, or no ReLU, lets pass. */
@inline
function lowest(relu: bool): v128 {
  return f32x4.splat(relu ? 0 : -Infinity);
}

export function combine(): void {
  const side = word(Combine.side), pixel = size(Combine.channels) << 2;
  const input = tileOf(Combine.input), inputRow = rowBytes(Combine.input);
  const output = tileOf(Combine.output), outputRow = rowBytes(Combine.output);
  const kept = size(Combine.kept);
  const low = lowest(word(Combine.relu) != 0);
  const residualFactor = floatAt(Combine.residualFactor);
  const hasShortcut = word(Combine.shortcut) != 0;
  const shortcutPixel = size(Combine.shortcutChannels) << 2;
  const length = <usize>side * pixel;
  for (let n = 0; n < imageCount; n++) {
    const from = input + <usize>n * imageBytes(Combine.input), to = output + <usize>n * imageBytes(Combine.output);
    for (let c: usize = 0; c < pixel; c += 16) {
      // The factor is drawn into scale and shift.
      const factor = f32x4.splat(residualFactor);
      const scale = f32x4.mul(v128.load(kept + c), factor), shift = f32x4.mul(v128.load(kept + pixel + c), factor);
      if (hasShortcut && c < shortcutPixel) {
        const weight = f32x4.splat(floatAt(Combine.shortcutFactor));
        const shortcutStep = shortcutPixel * size(Combine.stride);
        const shortcutRow = rowBytes(Combine.shortcut) * size(Combine.stride);
        let carried = tileOf(Combine.shortcut) + <usize>n * imageBytes(Combine.shortcut) + c;
        for (let y: usize = 0; y < <usize>side; y++, carried += shortcutRow)
          for (
            let p = from + y * inputRow + c, q = to + y * outputRow + c, s = carried, end = p + length;
            p < end;
            p += pixel, q += pixel, s += shortcutStep
          ) {
            const x = f32x4.add(f32x4.mul(v128.load(p), scale), shift);
            v128.store(q, atLeast(f32x4.add(x, f32x4.mul(v128.load(s), weight)), low));
          }
      } else
        for (let y: usize = 0; y < <usize>side; y++)
          for (
            let p = from + y * inputRow + c, q = to + y * outputRow + c, end = p + length;
            p < end;
            p += pixel, q += pixel
          )
            v128.store(q, atLeast(f32x4.add(f32x4.mul(v128.load(p), scale), shift), low));
    }
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

export function mask(): void {
  const side = word(Mask.side), pixel = size(Mask.channels) << 2;
  const length = <usize>side * pixel;
  const gradient = tileOf(Mask.gradient), gradientRow = rowBytes(Mask.gradient);
  const hasRelu = word(Mask.activation) != 0, isNormalised = word(Mask.normalised) != 0;
  const partial = size(Mask.partials) + <usize>slice * 2 * pixel;
  if (isNormalised && beginsSlice) memory.fill(partial, 0, 2 * pixel);
  const zero = f32x4.splat(0);
  for (let n: usize = 0; n < <usize>imageCount; n++) {
    const ofImage = gradient + n * imageBytes(Mask.gradient);
    for (let c: usize = 0; c < pixel; c += 16) {
      let sum = zero, product = zero;
      const mean = isNormalised ? v128.load(size(Mask.kept) + <usize>NormKept.mean * pixel + c) : zero;
      for (let y: usize = 0; y < <usize>side; y++) {
        let p = ofImage + y * gradientRow + c;
        const end = p + length;
        let a = tileOf(Mask.activation) + n * imageBytes(Mask.activation) + y * rowBytes(Mask.activation) + c;
        let z = tileOf(Mask.normalised) + n * imageBytes(Mask.normalised) + y * rowBytes(Mask.normalised) + c;
        if (hasRelu && isNormalised)
          for (; p < end; p += pixel, a += pixel, z += pixel) {
            const g = withoutNegligible(v128.and(v128.load(p), f32x4.gt(v128.load(a), zero)));
            v128.store(p, g);
            sum = f32x4.add(sum, g);
            product = f32x4.add(product, f32x4.mul(g, f32x4.sub(v128.load(z), mean)));
          }
        else if (hasRelu)
          for (; p < end; p += pixel, a += pixel)
            v128.store(p, withoutNegligible(v128.and(v128.load(p), f32x4.gt(v128.load(a), zero))));
        else
          for (; p < end; p += pixel, z += pixel) {
            const g = v128.load(p);
            sum = f32x4.add(sum, g);
            product = f32x4.add(product, f32x4.mul(g, f32x4.sub(v128.load(z), mean)));
          }
      }
      if (!isNormalised) continue;
      v128.store(partial + c, f32x4.add(v128.load(partial + c), sum));
      v128.store(partial + pixel + c, f32x4.add(v128.load(partial + pixel + c), product));
    }
  }
}

export function normGradient(): void {
  const side = word(NormGradient.side), pixel = size(NormGradient.channels) << 2;
  const length = <usize>side * pixel;
  const factors = size(NormGradient.factors);
  for (let n: usize = 0; n < <usize>imageCount; n++)
    for (let c: usize = 0; c < pixel; c += 16) {
      const first = v128.load(factors + c), second = v128.load(factors + pixel + c);
      const third = v128.load(factors + 2 * pixel + c);
      for (let y: usize = 0; y < <usize>side; y++) {
        let p = tileOf(NormGradient.gradient) + n * imageBytes(NormGradient.gradient) + y * rowBytes(NormGradient.gradient) + c;
        let z = tileOf(NormGradient.normalised) + n * imageBytes(NormGradient.normalised) + y * rowBytes(NormGradient.normalised) + c;
        let q = tileOf(NormGradient.output) + n * imageBytes(NormGradient.output) + y * rowBytes(NormGradient.output) + c;
        for (const end = p + length; p < end; p += pixel, z += pixel, q += pixel)
          v128.store(
            q,
            f32x4.add(f32x4.mul(v128.load(p), first), f32x4.add(f32x4.mul(v128.load(z), second), third)),
          );
      }
    }
}
