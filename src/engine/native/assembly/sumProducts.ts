// The inner loops of all gradients of kernels: sums over pixels of an input's channels times a gradient's.

/** Adds to four rows of the target, eight columns each, the sums over all pixels of input × gradient. */
@inline
export function sumFourByEight(
  input: usize, inputPixel: usize, inputRow: usize, inputImage: usize,
  gradient: usize, gradientPixel: usize, gradientRow: usize, gradientImage: usize,
  images: i32, rows: i32, columns: i32, target: usize, targetRow: usize,
): void {
  let d = target;
  let a0 = v128.load(d), a1 = v128.load(d, 16);
  d += targetRow;
  let b0 = v128.load(d), b1 = v128.load(d, 16);
  d += targetRow;
  let c0 = v128.load(d), c1 = v128.load(d, 16);
  d += targetRow;
  let d0 = v128.load(d), d1 = v128.load(d, 16);
  const rowLength = <usize>columns * gradientPixel;
  for (let image = 0; image < images; image++) {
    let fromRow = input, ofRow = gradient;
    for (let row = 0; row < rows; row++) {
      let p = fromRow, q = ofRow;
      const end = q + rowLength;
      do {
        const g0 = v128.load(q), g1 = v128.load(q, 16);
        let x = v128.load32_splat(p);
        a0 = f32x4.add(f32x4.mul(x, g0), a0);
        a1 = f32x4.add(f32x4.mul(x, g1), a1);
        x = v128.load32_splat(p, 4);
        b0 = f32x4.add(f32x4.mul(x, g0), b0);
        b1 = f32x4.add(f32x4.mul(x, g1), b1);
        x = v128.load32_splat(p, 8);
        c0 = f32x4.add(f32x4.mul(x, g0), c0);
        c1 = f32x4.add(f32x4.mul(x, g1), c1);
        x = v128.load32_splat(p, 12);
        d0 = f32x4.add(f32x4.mul(x, g0), d0);
        d1 = f32x4.add(f32x4.mul(x, g1), d1);
        p += inputPixel;
        q += gradientPixel;
      } while (q < end);
      fromRow += inputRow;
      ofRow += gradientRow;
    }
    input += inputImage;
    gradient += gradientImage;
  }
  d = target;
  v128.store(d, a0);
  v128.store(d, a1, 16);
  d += targetRow;
  v128.store(d, b0);
  v128.store(d, b1, 16);
  d += targetRow;
  v128.store(d, c0);
  v128.store(d, c1, 16);
  d += targetRow;
  v128.store(d, d0);
  v128.store(d, d1, 16);
}

/** The same for four columns. */
@inline
export function sumFourByFour(
  input: usize, inputPixel: usize, inputRow: usize, inputImage: usize,
  gradient: usize, gradientPixel: usize, gradientRow: usize, gradientImage: usize,
  images: i32, rows: i32, columns: i32, target: usize, targetRow: usize,
): void {
  let a = v128.load(target), b = v128.load(target + targetRow);
  let c = v128.load(target + 2 * targetRow), d = v128.load(target + 3 * targetRow);
  const rowLength = <usize>columns * gradientPixel;
  for (let image = 0; image < images; image++) {
    let fromRow = input, ofRow = gradient;
    for (let row = 0; row < rows; row++) {
      let p = fromRow, q = ofRow;
      const end = q + rowLength;
      do {
        const g = v128.load(q);
        a = f32x4.add(f32x4.mul(v128.load32_splat(p), g), a);
        b = f32x4.add(f32x4.mul(v128.load32_splat(p, 4), g), b);
        c = f32x4.add(f32x4.mul(v128.load32_splat(p, 8), g), c);
        d = f32x4.add(f32x4.mul(v128.load32_splat(p, 12), g), d);
        p += inputPixel;
        q += gradientPixel;
      } while (q < end);
      fromRow += inputRow;
      ofRow += gradientRow;
    }
    input += inputImage;
    gradient += gradientImage;
  }
  v128.store(target, a);
  v128.store(target + targetRow, b);
  v128.store(target + 2 * targetRow, c);
  v128.store(target + 3 * targetRow, d);
}
