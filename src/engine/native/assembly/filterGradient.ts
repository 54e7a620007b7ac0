import { FilterGradient } from "./instructionSet";
import { imageBytes, imageCount, rowBytes, size, slice, tileOf, word } from "./words";

/** Adds to four rows of the kernel's gradient, eight columns each, the sums over all pixels of the tile. */
@inline
function fourByEight(
  input: usize, inputPixel: usize, inputRow: usize, inputImage: usize,
  gradient: usize, gradientPixel: usize, gradientRow: usize, gradientImage: usize,
  rows: i32, columns: i32, target: usize, targetRow: usize,
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
  for (let image = 0; image < imageCount; image++) {
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
function fourByFour(
  input: usize, inputPixel: usize, inputRow: usize, inputImage: usize,
  gradient: usize, gradientPixel: usize, gradientRow: usize, gradientImage: usize,
  rows: i32, columns: i32, target: usize, targetRow: usize,
): void {
  let a = v128.load(target), b = v128.load(target + targetRow);
  let c = v128.load(target + 2 * targetRow), d = v128.load(target + 3 * targetRow);
  const rowLength = <usize>columns * gradientPixel;
  for (let image = 0; image < imageCount; image++) {
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

export function filterGradient(): void {
  const input = tileOf(FilterGradient.input), gradient = tileOf(FilterGradient.gradient);
  const inputPixel = size(FilterGradient.inputPixel), inputRow = size(FilterGradient.inputRow);
  const inputImage = imageBytes(FilterGradient.input);
  const gradientPixel = size(FilterGradient.gradientPixel), gradientRow = rowBytes(FilterGradient.gradient);
  const gradientImage = imageBytes(FilterGradient.gradient);
  const rows = word(FilterGradient.rows), columns = word(FilterGradient.columns);
  const segments = size(FilterGradient.segments), segmentCount = word(FilterGradient.segmentCount);
  const segmentFloats = word(FilterGradient.segmentFloats);
  const blocks = word(FilterGradient.blocks), fourMore = word(FilterGradient.fourMore) != 0;
  const targetRow = size(FilterGradient.rowFloats) << 2;
  const kernelGradient = size(FilterGradient.kernelGradient) + <usize>slice * size(FilterGradient.sliceBytes);

  for (let group = 0; group < word(FilterGradient.groups); group++) {
    const groupInput = input + <usize>group * size(FilterGradient.inputGroup);
    const groupShift = <usize>group * size(FilterGradient.outputGroup);
    let target = kernelGradient + groupShift;
    for (let segment = 0; segment < segmentCount; segment++) {
      const from = groupInput + <usize>load<i32>(segments + (<usize>segment << 2));
      for (let j = 0; j < segmentFloats; j += 4) {
        const x = from + (<usize>j << 2);
        let g = gradient + groupShift, to = target;
        for (let block = 0; block < blocks; block++) {
          fourByEight(
            x, inputPixel, inputRow, inputImage, g, gradientPixel, gradientRow, gradientImage,
            rows, columns, to, targetRow,
          );
          g += 32;
          to += 32;
        }
        if (fourMore)
          fourByFour(
            x, inputPixel, inputRow, inputImage, g, gradientPixel, gradientRow, gradientImage,
            rows, columns, to, targetRow,
          );
        target += targetRow << 2;
      }
    }
  }
}
