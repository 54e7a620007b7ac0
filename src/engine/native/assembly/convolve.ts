// The inner loops of all convolutions and matrix products: sums over stretches of input that lie together.
// Unrolling the inner loop makes V8 spill registers; it is left as it is.

/**
 * Four pixels by eight channels: each output is the sum, over the stretches of input that begin at the pixel plus an offset, of input times
 * kernel. `kernel` holds eight floats for each input of each stretch.
 */
@inline
function fourByEight(
  input: usize, inputPixel: usize, output: usize, outputPixel: usize,
  kernel: usize, segments: usize, segmentsEnd: usize, segmentBytes: usize,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  for (let s = segments; s < segmentsEnd; s += 4) {
    let p = input + <usize>load<i32>(s);
    let q = p + inputPixel, r = q + inputPixel, t = r + inputPixel;
    const end = p + segmentBytes;
    do {
      const w0 = v128.load(kernel), w1 = v128.load(kernel, 16);
      let x = v128.load32_splat(p);
      a0 = f32x4.add(f32x4.mul(x, w0), a0);
      a1 = f32x4.add(f32x4.mul(x, w1), a1);
      x = v128.load32_splat(q);
      b0 = f32x4.add(f32x4.mul(x, w0), b0);
      b1 = f32x4.add(f32x4.mul(x, w1), b1);
      x = v128.load32_splat(r);
      c0 = f32x4.add(f32x4.mul(x, w0), c0);
      c1 = f32x4.add(f32x4.mul(x, w1), c1);
      x = v128.load32_splat(t);
      d0 = f32x4.add(f32x4.mul(x, w0), d0);
      d1 = f32x4.add(f32x4.mul(x, w1), d1);
      kernel += 32;
      p += 4;
      q += 4;
      r += 4;
      t += 4;
    } while (p < end);
  }
  v128.store(output, a0);
  v128.store(output, a1, 16);
  output += outputPixel;
  v128.store(output, b0);
  v128.store(output, b1, 16);
  output += outputPixel;
  v128.store(output, c0);
  v128.store(output, c1, 16);
  output += outputPixel;
  v128.store(output, d0);
  v128.store(output, d1, 16);
}

/** Four pixels by four channels; `kernel` holds four floats for each input. */
@inline
function fourByFour(
  input: usize, inputPixel: usize, output: usize, outputPixel: usize,
  kernel: usize, segments: usize, segmentsEnd: usize, segmentBytes: usize,
): void {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  for (let s = segments; s < segmentsEnd; s += 4) {
    let p = input + <usize>load<i32>(s);
    let q = p + inputPixel, r = q + inputPixel, t = r + inputPixel;
    const end = p + segmentBytes;
    do {
      const w = v128.load(kernel);
      a = f32x4.add(f32x4.mul(v128.load32_splat(p), w), a);
      b = f32x4.add(f32x4.mul(v128.load32_splat(q), w), b);
      c = f32x4.add(f32x4.mul(v128.load32_splat(r), w), c);
      d = f32x4.add(f32x4.mul(v128.load32_splat(t), w), d);
      kernel += 16;
      p += 4;
      q += 4;
      r += 4;
      t += 4;
    } while (p < end);
  }
  v128.store(output, a);
  v128.store(output + outputPixel, b);
  v128.store(output + 2 * outputPixel, c);
  v128.store(output + 3 * outputPixel, d);
}

/** One pixel by four channels of a kernel with `kernelStep` bytes for each input. */
@inline
function oneByFour(
  input: usize, output: usize,
  kernel: usize, kernelStep: usize, segments: usize, segmentsEnd: usize, segmentBytes: usize,
): void {
  let a = f32x4.splat(0);
  for (let s = segments; s < segmentsEnd; s += 4) {
    let p = input + <usize>load<i32>(s);
    const end = p + segmentBytes;
    do {
      a = f32x4.add(f32x4.mul(v128.load32_splat(p), v128.load(kernel)), a);
      kernel += kernelStep;
      p += 4;
    } while (p < end);
  }
  v128.store(output, a);
}

/**
 * All pixels of one image, for one group of channels. A row's last four pixels may overlap the four before them: the same values are
 * written twice. Rows shorter than four go pixel by pixel.
 */
export function convolveImage(
  input: usize, inputPixel: usize, inputRow: usize,
  output: usize, outputPixel: usize, outputRow: usize, rows: i32, columns: i32,
  kernel: usize, segments: usize, segmentCount: i32, segmentFloats: i32, blocks: i32, fourMore: bool,
): void {
  const segmentsEnd = segments + (<usize>segmentCount << 2);
  const segmentBytes = <usize>segmentFloats << 2;
  const blockBytes = <usize>segmentCount * segmentBytes * 8;
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < rows; row++) {
      const from = input + <usize>row * inputRow, to = output + <usize>row * outputRow;
      if (columns < 4) {
        for (let column = 0; column < columns; column++) {
          const p = from + <usize>column * inputPixel, q = to + <usize>column * outputPixel;
          oneByFour(p, q, kernel, 32, segments, segmentsEnd, segmentBytes);
          oneByFour(p, q + 16, kernel + 16, 32, segments, segmentsEnd, segmentBytes);
        }
        continue;
      }
      for (let column = 0; column < columns; column += 4) {
        const at = <usize>min(column, columns - 4);
        fourByEight(
          from + at * inputPixel, inputPixel, to + at * outputPixel, outputPixel,
          kernel, segments, segmentsEnd, segmentBytes,
        );
      }
    }
    kernel += blockBytes;
    output += 32;
  }
  if (!fourMore) return;
  for (let row = 0; row < rows; row++) {
    const from = input + <usize>row * inputRow, to = output + <usize>row * outputRow;
    if (columns < 4) {
      for (let column = 0; column < columns; column++)
        oneByFour(
          from + <usize>column * inputPixel, to + <usize>column * outputPixel,
          kernel, 16, segments, segmentsEnd, segmentBytes,
        );
      continue;
    }
    for (let column = 0; column < columns; column += 4) {
      const at = <usize>min(column, columns - 4);
      fourByFour(
        from + at * inputPixel, inputPixel, to + at * outputPixel, outputPixel,
        kernel, segments, segmentsEnd, segmentBytes,
      );
    }
  }
}

// Rows of so many floats, as types: their size is then a constant in the loads of a product's four rows, which saves three pointers.
@unmanaged class Eight { a: v128; b: v128 }
@unmanaged class Sixteen { a: v128; b: v128; c: v128; d: v128 }
@unmanaged class ThirtyTwo { a: v128; b: v128; c: v128; d: v128; e: v128; f: v128; g: v128; h: v128 }
@unmanaged class SixtyFour extends ThirtyTwo { i: v128; j: v128; k: v128; l: v128; m: v128; n: v128; o: v128; p: v128 }

/** Four rows of a product by eight columns. */
@inline
function productBlock<Row>(input: usize, kernel: usize, output: usize, outputRow: usize): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  const end = input + offsetof<Row>();
  do {
    const w0 = v128.load(kernel), w1 = v128.load(kernel, 16);
    let x = v128.load32_splat(input);
    a0 = f32x4.add(f32x4.mul(x, w0), a0);
    a1 = f32x4.add(f32x4.mul(x, w1), a1);
    x = v128.load32_splat(input, offsetof<Row>());
    b0 = f32x4.add(f32x4.mul(x, w0), b0);
    b1 = f32x4.add(f32x4.mul(x, w1), b1);
    x = v128.load32_splat(input, 2 * offsetof<Row>());
    c0 = f32x4.add(f32x4.mul(x, w0), c0);
    c1 = f32x4.add(f32x4.mul(x, w1), c1);
    x = v128.load32_splat(input, 3 * offsetof<Row>());
    d0 = f32x4.add(f32x4.mul(x, w0), d0);
    d1 = f32x4.add(f32x4.mul(x, w1), d1);
    kernel += 32;
    input += 4;
  } while (input < end);
  v128.store(output, a0);
  v128.store(output, a1, 16);
  output += outputRow;
  v128.store(output, b0);
  v128.store(output, b1, 16);
  output += outputRow;
  v128.store(output, c0);
  v128.store(output, c1, 16);
  output += outputRow;
  v128.store(output, d0);
  v128.store(output, d1, 16);
}

@inline
function product<Row>(input: usize, kernel: usize, output: usize, rows: i32, blocks: i32): void {
  const outputRow = <usize>blocks << 5;
  for (let block = 0; block < blocks; block++) {
    let from = input, to = output;
    for (let row = 0; row < rows; row += 4) {
      productBlock<Row>(from, kernel, to, outputRow);
      from += offsetof<Row>() << 2;
      to += outputRow << 2;
    }
    kernel += offsetof<Row>() << 3;
    output += 32;
  }
}

/** A product of matrices: [rows, depth] × packed [blocks][depth][8] → [rows, 8 · blocks]; rows are a multiple of four. */
export function multiply(
  input: usize, depth: i32, kernel: usize, output: usize, rows: i32, blocks: i32, noSegments: usize,
): void {
  if (depth == 8) return product<Eight>(input, kernel, output, rows, blocks);
  if (depth == 16) return product<Sixteen>(input, kernel, output, rows, blocks);
  if (depth == 32) return product<ThirtyTwo>(input, kernel, output, rows, blocks);
  if (depth == 64) return product<SixtyFour>(input, kernel, output, rows, blocks);
  const inputPixel = <usize>depth << 2, outputPixel = <usize>blocks << 5;
  for (let block = 0; block < blocks; block++) {
    let from = input, to = output;
    for (let row = 0; row < rows; row += 4) {
      fourByEight(from, inputPixel, to, outputPixel, kernel, noSegments, noSegments + 4, inputPixel);
      from += inputPixel << 2;
      to += outputPixel << 2;
    }
    kernel += inputPixel << 3;
    output += 32;
  }
}
