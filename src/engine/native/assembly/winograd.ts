// 3×3 convolutions with stride 1 by F(2×2, 3×3) of Winograd (Lavin & Gray 2016, section 4.1): tiles of 4×4 inputs give 2×2 outputs with 16
// products in place of 36. Tiles are taken in lots small enough for the first cache.

import { multiply } from "./convolve";
import { Winograd, WinogradFilterGradient, WinogradLot } from "./instructionSet";
import { sumFourByEight } from "./sumProducts";
import { beginsSlice, endsSlice, imageBytes, imageCount, rowBytes, size, slice, thread, tileOf, word } from "./words";

/** Tiles of a lot: a multiple of four. The driver reserves the room. */
@inline
function tilesOfLot(channels: i32): i32 {
  return max(4, (WinogradLot.floats / (16 * channels)) & ~3);
}

/** One line of Bᵀ d, four columns, times B: four values `step` bytes apart. */
@inline
function spread(to: usize, step: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + step, f32x4.add(b, c));
  v128.store(to + 2 * step, f32x4.sub(c, b));
  v128.store(to + 3 * step, f32x4.sub(b, d));
}

@inline
function spreadDifference(p: usize, q: usize, pixel: usize, to: usize, step: usize): void {
  spread(
    to, step,
    f32x4.sub(v128.load(p), v128.load(q)),
    f32x4.sub(v128.load(p + pixel), v128.load(q + pixel)),
    f32x4.sub(v128.load(p + 2 * pixel), v128.load(q + 2 * pixel)),
    f32x4.sub(v128.load(p + 3 * pixel), v128.load(q + 3 * pixel)),
  );
}

@inline
function spreadSum(p: usize, q: usize, pixel: usize, to: usize, step: usize): void {
  spread(
    to, step,
    f32x4.add(v128.load(p), v128.load(q)),
    f32x4.add(v128.load(p + pixel), v128.load(q + pixel)),
    f32x4.add(v128.load(p + 2 * pixel), v128.load(q + 2 * pixel)),
    f32x4.add(v128.load(p + 3 * pixel), v128.load(q + 3 * pixel)),
  );
}

/** Bᵀ d B of the tile at `p`, four channels at a time: 16 values `step` bytes apart for each channel. */
@inline
function transformInput(p: usize, pixel: usize, row: usize, to: usize, step: usize): void {
  for (let end = p + pixel; p < end; p += 16, to += 16) {
    const q = p + row, r = q + row, s = r + row;
    spreadDifference(p, r, pixel, to, step);
    spreadSum(q, r, pixel, to + 4 * step, step);
    spreadDifference(r, q, pixel, to + 8 * step, step);
    spreadDifference(q, s, pixel, to + 12 * step, step);
  }
}

/** Aᵀ m A: the 2×2 outputs of one tile; those beyond the image's edge are left out. */
@inline
function transformOutput(
  from: usize, step: usize, to: usize, pixel: usize, row: usize, hasRight: bool, hasBelow: bool,
): void {
  for (let end = to + pixel; to < end; to += 16, from += 16) {
    let q = from;
    let a = v128.load(q), b = v128.load(q + 4 * step), c = v128.load(q + 8 * step), d = v128.load(q + 12 * step);
    const s0 = f32x4.add(f32x4.add(a, b), c), t0 = f32x4.sub(f32x4.sub(b, c), d);
    q += step;
    a = v128.load(q);
    b = v128.load(q + 4 * step);
    c = v128.load(q + 8 * step);
    d = v128.load(q + 12 * step);
    const s1 = f32x4.add(f32x4.add(a, b), c), t1 = f32x4.sub(f32x4.sub(b, c), d);
    q += step;
    a = v128.load(q);
    b = v128.load(q + 4 * step);
    c = v128.load(q + 8 * step);
    d = v128.load(q + 12 * step);
    const s2 = f32x4.add(f32x4.add(a, b), c), t2 = f32x4.sub(f32x4.sub(b, c), d);
    q += step;
    a = v128.load(q);
    b = v128.load(q + 4 * step);
    c = v128.load(q + 8 * step);
    d = v128.load(q + 12 * step);
    const s3 = f32x4.add(f32x4.add(a, b), c), t3 = f32x4.sub(f32x4.sub(b, c), d);
    v128.store(to, f32x4.add(f32x4.add(s0, s1), s2));
    if (hasRight) v128.store(to + pixel, f32x4.sub(f32x4.sub(s1, s2), s3));
    if (hasBelow) {
      v128.store(to + row, f32x4.add(f32x4.add(t0, t1), t2));
      if (hasRight) v128.store(to + row + pixel, f32x4.sub(f32x4.sub(t1, t2), t3));
    }
  }
}

/** One line of A dy, two columns, times Aᵀ: four values `step` bytes apart. */
@inline
function spreadGradient(to: usize, step: usize, left: v128, right: v128): void {
  v128.store(to, left);
  v128.store(to + step, f32x4.add(left, right));
  v128.store(to + 2 * step, f32x4.sub(left, right));
  v128.store(to + 3 * step, f32x4.neg(right));
}

/** A dy Aᵀ of the 2×2 gradients of one tile; beyond the image's edge stands the border of zeros. */
@inline
function transformGradient(p: usize, pixel: usize, row: usize, to: usize, step: usize): void {
  for (let end = p + pixel; p < end; p += 16, to += 16) {
    const a = v128.load(p), b = v128.load(p + pixel), c = v128.load(p + row), d = v128.load(p + row + pixel);
    spreadGradient(to, step, a, b);
    spreadGradient(to + 4 * step, step, f32x4.add(a, c), f32x4.add(b, d));
    spreadGradient(to + 8 * step, step, f32x4.sub(a, c), f32x4.sub(b, d));
    spreadGradient(to + 12 * step, step, f32x4.neg(c), f32x4.neg(d));
  }
}

/** Room for the offset of a product's only stretch of input, which is 0. */
const noSegments = memory.data(16, 16);

// Where the next tile lies: tiles go row by row through image after image, and lots end anywhere.
let tileRow: i32 = 0, tileColumn: i32 = 0;

/** Bytes from pixel (2 · row, 2 · column) of this tile to that of the next. */
@inline
function toNextTile(across: i32, pixel: usize, row: usize, image: usize): usize {
  if (++tileColumn < across) return 2 * pixel;
  tileColumn = 0;
  const back = <usize>(2 * (across - 1)) * pixel;
  if (++tileRow < across) return 2 * row - back;
  tileRow = 0;
  return image - <usize>(2 * (across - 1)) * row - back;
}

export function winograd(): void {
  const side = word(Winograd.side);
  const inputChannels = word(Winograd.inputChannels), outputChannels = word(Winograd.outputChannels);
  const inputPixel = <usize>inputChannels << 2, outputPixel = <usize>outputChannels << 2;
  const inputRow = rowBytes(Winograd.input), outputRow = rowBytes(Winograd.output);
  const inputImage = imageBytes(Winograd.input), outputImage = imageBytes(Winograd.output);
  const kernel = size(Winograd.kernel), kernelStep = inputPixel * <usize>outputChannels;
  const across = (side + 1) >> 1, tiles = across * across * imageCount;
  const lot = tilesOfLot(max(inputChannels, outputChannels));
  const transformed = size(Winograd.scratch) + <usize>thread * size(Winograd.scratchBytes);
  const products = transformed + <usize>(16 * lot) * inputPixel;
  const step = <usize>lot * inputPixel, productStep = <usize>lot * outputPixel;

  let input = tileOf(Winograd.input) - inputRow - inputPixel, output = tileOf(Winograd.output);
  let row = 0, column = 0;
  for (let start = 0; start < tiles; start += lot) {
    const count = min(lot, tiles - start);
    tileRow = row;
    tileColumn = column;
    for (let i = 0, to = transformed; i < count; i++, to += inputPixel) {
      transformInput(input, inputPixel, inputRow, to, step);
      input += toNextTile(across, inputPixel, inputRow, inputImage);
    }
    const rows = (count + 3) & ~3;
    for (let k: usize = 0; k < 16; k++)
      multiply(
        transformed + k * step, inputChannels, kernel + k * kernelStep,
        products + k * productStep, rows, outputChannels >> 3, noSegments,
      );
    tileRow = row;
    tileColumn = column;
    for (let i = 0, from = products; i < count; i++, from += outputPixel) {
      transformOutput(
        from, productStep, output, outputPixel, outputRow, 2 * tileColumn + 1 < side, 2 * tileRow + 1 < side,
      );
      output += toNextTile(across, outputPixel, outputRow, outputImage);
    }
    row = tileRow;
    column = tileColumn;
  }
}

/** sums [inputs][outputs] += Σ over tiles of input × gradient. */
@inline
function addProducts(
  transformed: usize, gradients: usize, sums: usize, tiles: i32, inputPixel: usize, outputPixel: usize,
): void {
  for (let column: usize = 0; column < outputPixel; column += 32)
    for (let input: usize = 0; input < inputPixel; input += 16)
      sumFourByEight(
        transformed + input, inputPixel, 0, 0, gradients + column, outputPixel, 0, 0,
        1, 1, tiles, sums + (input >> 2) * outputPixel + column, outputPixel,
      );
}

/** Row `row` of Gᵀ u, at one column of the 4×4 sums; the rows of u are `4 · bytes` apart. */
@inline
function lineOf(p: usize, row: i32, bytes: usize): v128 {
  const half = f32x4.splat(0.5);
  const u1 = v128.load(p + 4 * bytes), u2 = v128.load(p + 8 * bytes);
  if (row == 0) return f32x4.add(v128.load(p), f32x4.mul(half, f32x4.add(u1, u2)));
  if (row == 1) return f32x4.mul(half, f32x4.sub(u1, u2));
  return f32x4.add(f32x4.mul(half, f32x4.add(u1, u2)), v128.load(p + 12 * bytes));
}

@inline
function addTo(at: usize, value: v128): void {
  v128.store(at, f32x4.add(v128.load(at), value));
}

/** Gᵀ u G: from the 16 sums of every pair of channels to the nine of the kernel, added to the slice's gradient. */
function addFilterGradient(sums: usize, target: usize, bytes: usize): void {
  const half = f32x4.splat(0.5);
  for (let i: usize = 0; i < bytes; i += 16)
    for (let row = 0; row < 3; row++) {
      const from = sums + i, to = target + i + <usize>row * 3 * bytes;
      const a = lineOf(from, row, bytes), b = lineOf(from + bytes, row, bytes);
      const c = lineOf(from + 2 * bytes, row, bytes), d = lineOf(from + 3 * bytes, row, bytes);
      const sum = f32x4.mul(half, f32x4.add(b, c));
      addTo(to, f32x4.add(a, sum));
      addTo(to + bytes, f32x4.mul(half, f32x4.sub(b, c)));
      addTo(to + 2 * bytes, f32x4.add(sum, d));
    }
}

export function winogradFilterGradient(): void {
  const side = word(WinogradFilterGradient.side);
  const inputChannels = word(WinogradFilterGradient.inputChannels);
  const outputChannels = word(WinogradFilterGradient.outputChannels);
  const inputPixel = <usize>inputChannels << 2, outputPixel = <usize>outputChannels << 2;
  const inputRow = rowBytes(WinogradFilterGradient.input), gradientRow = rowBytes(WinogradFilterGradient.gradient);
  const inputImage = imageBytes(WinogradFilterGradient.input);
  const gradientImage = imageBytes(WinogradFilterGradient.gradient);
  const across = (side + 1) >> 1, tiles = across * across * imageCount;
  const lot = tilesOfLot(max(inputChannels, outputChannels));
  const transformed = size(WinogradFilterGradient.scratch) + <usize>thread * size(WinogradFilterGradient.scratchBytes);
  const gradients = transformed + <usize>(16 * lot) * inputPixel;
  const step = <usize>lot * inputPixel, gradientStep = <usize>lot * outputPixel;
  const sums = size(WinogradFilterGradient.sums) + <usize>thread * size(WinogradFilterGradient.sumsBytes);
  const kernelBytes = inputPixel * <usize>outputChannels;
  if (beginsSlice) memory.fill(sums, 0, 16 * kernelBytes);

  let input = tileOf(WinogradFilterGradient.input) - inputRow - inputPixel;
  let gradient = tileOf(WinogradFilterGradient.gradient);
  let row = 0, column = 0;
  for (let start = 0; start < tiles; start += lot) {
    const count = min(lot, tiles - start);
    tileRow = row;
    tileColumn = column;
    for (let i = 0, to = transformed; i < count; i++, to += inputPixel) {
      transformInput(input, inputPixel, inputRow, to, step);
      input += toNextTile(across, inputPixel, inputRow, inputImage);
    }
    tileRow = row;
    tileColumn = column;
    for (let i = 0, to = gradients; i < count; i++, to += outputPixel) {
      transformGradient(gradient, outputPixel, gradientRow, to, gradientStep);
      gradient += toNextTile(across, outputPixel, gradientRow, gradientImage);
    }
    row = tileRow;
    column = tileColumn;
    for (let k: usize = 0; k < 16; k++)
      addProducts(
        transformed + k * step, gradients + k * gradientStep, sums + k * kernelBytes, count, inputPixel, outputPixel,
      );
  }
  if (endsSlice)
    addFilterGradient(
      sums,
      size(WinogradFilterGradient.kernelGradient) + <usize>slice * size(WinogradFilterGradient.sliceBytes),
      kernelBytes,
    );
}
