import { exponential } from "./exponential";
import { Control, Head } from "./instructionSet";
import { negligible } from "./rows";
import { beginsSlice, control, controlWord, firstImage, imageBytes, imageCount, rowBytes, size, slice, thread, tileOf, word } from "./words";

/**
 * Global average pooling, dense layer, softmax and cross-entropy of every image (He et al. 2015, section 4.2), and backwards to the gradient of
 * what was pooled.
 */
export function head(): void {
  const channels = word(Head.channels), classes = word(Head.classes);
  const channelBytes = <usize>channels << 2, rowLength = size(Head.rowFloats) << 2;
  const pooled = size(Head.scratch) + <usize>thread * size(Head.scratchBytes);
  const row = pooled + channelBytes, ofPooled = row + rowLength;
  const measured = control + (Control.measured << 2) + (<usize>slice << 4);
  const isTraining = word(Head.gradient) != 0;
  const ofBatch = <f32>1 / <f32>controlWord(Control.images);
  let loss: f64 = 0, right: f64 = 0;

  for (let n = 0; n < imageCount; n++) {
    pool(tileOf(Head.input) + <usize>n * imageBytes(Head.input), pooled);
    const logits = size(Head.logits) + <usize>(firstImage + n) * rowLength;
    dense(pooled, logits);
    const label = load<i32>(size(Head.labels) + (<usize>(firstImage + n) << 2));
    let largest = load<f32>(logits), at = 0;
    for (let k = 1; k < classes; k++) {
      const logit = load<f32>(logits + (<usize>k << 2));
      if (logit > largest || logit != logit) {
        largest = logit;
        at = k;
      }
    }
    if (at == label) right += 1;
    let sum: f32 = 0;
    for (let k: usize = 0; k < rowLength; k += 16)
      v128.store(row + k, exponential(f32x4.sub(v128.load(logits + k), f32x4.splat(largest))));
    for (let k = 0; k < classes; k++) sum += load<f32>(row + (<usize>k << 2));
    loss += <f64>(Mathf.log(sum) - (load<f32>(logits + (<usize>label << 2)) - largest));
    if (!isTraining) continue;
    for (let k = 0; k < <i32>(rowLength >> 2); k++) {
      const place = row + (<usize>k << 2);
      let g: f32 = k < classes ? load<f32>(place) / sum : 0;
      if (k == label) g -= 1;
      g *= ofBatch;
      store<f32>(place, abs(g) < negligible ? 0 : g);
    }
    denseGradient(pooled, row, ofPooled);
    spread(ofPooled, tileOf(Head.gradient) + <usize>n * imageBytes(Head.gradient));
  }
  if (beginsSlice) {
    store<f64>(measured, loss);
    store<f64>(measured, right, 8);
  } else {
    store<f64>(measured, load<f64>(measured) + loss);
    store<f64>(measured, load<f64>(measured, 8) + right, 8);
  }
}

@inline
function pool(image: usize, pooled: usize): void {
  const side = word(Head.side), channelBytes = size(Head.channels) << 2;
  const share = f32x4.splat(<f32>1 / <f32>(side * side));
  for (let c: usize = 0; c < channelBytes; c += 16) {
    let sum = f32x4.splat(0);
    for (let y: usize = 0; y < <usize>side; y++) {
      const start = image + y * rowBytes(Head.input) + c;
      for (let p = start, end = start + <usize>side * channelBytes; p < end; p += channelBytes)
        sum = f32x4.add(sum, v128.load(p));
    }
    v128.store(pooled + c, f32x4.mul(sum, share));
  }
}

@inline
function dense(pooled: usize, logits: usize): void {
  const channels = word(Head.channels), rowLength = size(Head.rowFloats) << 2;
  for (let k: usize = 0; k < rowLength; k += 16) {
    let sum = v128.load(size(Head.bias) + k);
    let weights = size(Head.kernel) + k;
    for (let c = 0; c < channels; c++, weights += rowLength)
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(pooled + (<usize>c << 2)), v128.load(weights)));
    v128.store(logits + k, sum);
  }
}

/** Adds to the slice's gradients of kernel and bias; gives the gradient of the pooled channels. */
@inline
function denseGradient(pooled: usize, ofLogits: usize, ofPooled: usize): void {
  const channels = word(Head.channels), rowLength = size(Head.rowFloats) << 2;
  const shift = <usize>slice * size(Head.sliceBytes);
  const bias = size(Head.biasGradient) + shift;
  for (let k: usize = 0; k < rowLength; k += 16)
    v128.store(bias + k, f32x4.add(v128.load(bias + k), v128.load(ofLogits + k)));
  let weights = size(Head.kernel), gradients = size(Head.kernelGradient) + shift;
  for (let c: usize = 0; c < <usize>channels; c++, weights += rowLength, gradients += rowLength) {
    const input = v128.load32_splat(pooled + (c << 2));
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < rowLength; k += 16) {
      const g = v128.load(ofLogits + k);
      sum = f32x4.add(sum, f32x4.mul(g, v128.load(weights + k)));
      v128.store(gradients + k, f32x4.add(v128.load(gradients + k), f32x4.mul(g, input)));
    }
    const total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)
      + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    store<f32>(ofPooled + (c << 2), total);
  }
}

/** The gradient of a mean: the same for every pixel. */
@inline
function spread(ofPooled: usize, image: usize): void {
  const side = word(Head.side), channelBytes = size(Head.channels) << 2;
  const share = f32x4.splat(<f32>1 / <f32>(side * side));
  for (let c: usize = 0; c < channelBytes; c += 16) {
    const g = f32x4.mul(v128.load(ofPooled + c), share);
    for (let y: usize = 0; y < <usize>side; y++) {
      const start = image + y * rowBytes(Head.gradient) + c;
      for (let p = start, end = start + <usize>side * channelBytes; p < end; p += channelBytes) v128.store(p, g);
    }
  }
}
