// Kernels in the order in which they are read; made anew before each step, since the parameters have changed.

import { PackKernel, PackTransposedKernel, TransformKernel } from "./instructionSet";
import { size, word } from "./words";

/** [rows][all channels] → by group, by block: [rows][8], and [rows][4] for what is left. */
export function packKernel(): void {
  const rows = word(PackKernel.rows), rowStep = size(PackKernel.rowFloats) << 2;
  let source = size(PackKernel.source), target = size(PackKernel.target);
  for (let group = 0; group < word(PackKernel.groups); group++) {
    for (let block = 0; block < word(PackKernel.blocks); block++) {
      for (let row = 0, from = source; row < rows; row++, from += rowStep, target += 32) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
      }
      source += 32;
    }
    if (word(PackKernel.fourMore) == 0) continue;
    for (let row = 0, from = source; row < rows; row++, from += rowStep, target += 16)
      v128.store(target, v128.load(from));
    source += 16;
  }
}

/**
 * [taps][input channels][all channels] → by group, by block of input channels: [taps][output channels of the group][8 or 4], the taps in
 * the given order.
 */
export function packTransposedKernel(): void {
  const inputChannels = word(PackTransposedKernel.inputChannels);
  const outputChannels = word(PackTransposedKernel.outputChannels);
  const rowStep = size(PackTransposedKernel.rowFloats) << 2, tapStep = <usize>inputChannels * rowStep;
  const taps = size(PackTransposedKernel.taps), tapCount = word(PackTransposedKernel.tapCount);
  const blocks = word(PackTransposedKernel.blocks) + word(PackTransposedKernel.fourMore);
  let target = size(PackTransposedKernel.target);
  for (let group = 0; group < word(PackTransposedKernel.groups); group++) {
    const source = size(PackTransposedKernel.source) + (<usize>(group * outputChannels) << 2);
    for (let block = 0; block < blocks; block++) {
      const width = block < word(PackTransposedKernel.blocks) ? 8 : 4;
      for (let tap = 0; tap < tapCount; tap++) {
        const ofTap = source + <usize>load<i32>(taps + (<usize>tap << 2)) * tapStep + <usize>(8 * block) * rowStep;
        for (let output = 0; output < outputChannels; output++)
          for (let input = 0; input < width; input++, target += 4)
            store<f32>(target, load<f32>(ofTap + <usize>input * rowStep + (<usize>output << 2)));
      }
    }
  }
}

/** G g Gᵀ (Lavin & Gray 2016, section 4.1): packed [block][9][rows][8] → 16 matrices [block][rows][8]. */
export function transformKernel(): void {
  const blocks = word(TransformKernel.blocks);
  const tap = size(TransformKernel.rows) << 5, matrix = <usize>blocks * tap;
  for (let block = 0; block < blocks; block++) {
    const source = size(TransformKernel.source) + <usize>(9 * block) * tap;
    const target = size(TransformKernel.target) + <usize>block * tap;
    for (let i: usize = 0; i < tap; i += 16) {
      const p = source + i, o = target + i;
      for (let line = 0; line < 4; line++)
        spreadKernel(
          o + <usize>(4 * line) * matrix, matrix,
          lineOf(p, line, tap), lineOf(p + tap, line, tap), lineOf(p + 2 * tap, line, tap),
        );
    }
  }
}

/** Row `line` of G g at one column; the rows of g are three taps apart. */
@inline
function lineOf(p: usize, line: i32, tap: usize): v128 {
  const half = f32x4.splat(0.5);
  if (line == 0) return v128.load(p);
  if (line == 3) return v128.load(p + 6 * tap);
  const outer = f32x4.mul(half, f32x4.add(v128.load(p), v128.load(p + 6 * tap)));
  const middle = f32x4.mul(half, v128.load(p + 3 * tap));
  return line == 1 ? f32x4.add(outer, middle) : f32x4.sub(outer, middle);
}

/** One line of G g, three columns, times Gᵀ: four values a matrix apart. */
@inline
function spreadKernel(to: usize, matrix: usize, a: v128, b: v128, c: v128): void {
  const half = f32x4.splat(0.5);
  const outer = f32x4.mul(half, f32x4.add(a, c)), middle = f32x4.mul(half, b);
  v128.store(to, a);
  v128.store(to + matrix, f32x4.add(outer, middle));
  v128.store(to + 2 * matrix, f32x4.sub(outer, middle));
  v128.store(to + 3 * matrix, c);
}
