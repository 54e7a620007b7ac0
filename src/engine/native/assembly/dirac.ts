// Kernels parameterised as diag(a) · I + diag(b) · W/‖W‖ (Zagoruyko & Komodakis 2017, eq. 3 to 5); ‖W‖ over each output channel's own weights.

import { Dirac, DiracGradient, DiracKernel, Slices } from "./instructionSet";
import { size, word } from "./words";

/** 1/‖W‖ of one output channel. */
@inline
function inverseNorm(channel: usize): f64 {
  const step = size(Dirac.rowFloats) << 2;
  let squares: f64 = 0;
  for (let row = 0, p = size(Dirac.weights) + (channel << 2); row < word(Dirac.rows); row++, p += step) {
    const w = <f64>load<f32>(p);
    squares += w * w;
  }
  return 1 / Math.sqrt(squares);
}

/** Where the numbers of an output channel lie. */
@inline
function channelAt(index: i32): usize {
  return size(Dirac.channels) + (<usize>index << 3);
}

export function diracKernel(): void {
  const rows = word(Dirac.rows), step = size(Dirac.rowFloats) << 2;
  for (let index = 0; index < word(Dirac.channelCount); index++) {
    const channel = <usize>load<i32>(channelAt(index)), passes = load<i32>(channelAt(index), 4);
    const shift = channel << 2;
    const scale = <f64>load<f32>(size(Dirac.scale) + shift) * inverseNorm(channel);
    for (let row = 0; row < rows; row++) {
      const at = <usize>row * step + shift;
      let value = scale * <f64>load<f32>(size(Dirac.weights) + at);
      if (row == passes) value += <f64>load<f32>(size(Dirac.identity) + shift);
      store<f32>(size(DiracKernel.target) + at, <f32>value);
    }
  }
}

/** With u = W/‖W‖ and g the kernel's gradient, by output channel: da = Σ g·I, db = Σ g·u, dW = b/‖W‖ · (g − u · db). */
export function diracGradient(): void {
  const rows = word(Dirac.rows), step = size(Dirac.rowFloats) << 2;
  const sliceBytes = size(DiracGradient.sliceBytes), gradient = size(DiracGradient.kernelGradient);
  for (let at: usize = 0; at < <usize>rows * step; at += 16) {
    const p = gradient + at;
    let sum = v128.load(p);
    for (let s: usize = 1; s < <usize>Slices.count; s++) {
      sum = f32x4.add(sum, v128.load(p + s * sliceBytes));
      v128.store(p + s * sliceBytes, f32x4.splat(0));
    }
    v128.store(p, sum);
  }
  for (let index = 0; index < word(Dirac.channelCount); index++) {
    const channel = <usize>load<i32>(channelAt(index)), passes = load<i32>(channelAt(index), 4);
    const shift = channel << 2;
    const inverse = inverseNorm(channel), scale = <f64>load<f32>(size(Dirac.scale) + shift);
    let ofScale: f64 = 0;
    for (let row = 0; row < rows; row++) {
      const at = <usize>row * step + shift;
      ofScale += <f64>load<f32>(gradient + at) * <f64>load<f32>(size(Dirac.weights) + at) * inverse;
    }
    if (passes >= 0)
      store<f32>(size(DiracGradient.identityGradient) + shift, load<f32>(gradient + <usize>passes * step + shift));
    store<f32>(size(DiracGradient.scaleGradient) + shift, <f32>ofScale);
    for (let row = 0; row < rows; row++) {
      const at = <usize>row * step + shift;
      const unit = <f64>load<f32>(size(Dirac.weights) + at) * inverse;
      store<f32>(gradient + at, <f32>(scale * inverse * (<f64>load<f32>(gradient + at) - unit * ofScale)));
    }
  }
}
