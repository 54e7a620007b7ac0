import { Clear, Control, Update } from "./instructionSet";
import { withoutNegligible } from "./rows";
import { control, controlFloat, size, thread, threads } from "./words";

export function clear(): void {
  memory.fill(size(Clear.address), 0, size(Clear.bytes));
}

/**
 * SGD with momentum and weight decay on the flat vector of parameters, padding included: g ← Σ of the slices' gradients + weightDecay · p, v ←
 * momentum · v + g, p ← p − learningRate · v. Each thread takes a stretch.
 */
export function update(): void {
  const bytes = size(Update.floats) << 2, sliceBytes = size(Update.sliceBytes);
  const share = ((bytes / 16 + threads - 1) / threads) * 16;
  const end = min(bytes, <usize>(thread + 1) * share);
  const parameters = size(Update.parameters), momenta = size(Update.momentum), gradients = size(Update.gradients);
  const decay = f32x4.splat(controlFloat(Control.weightDecay)), momentum = f32x4.splat(controlFloat(Control.momentum));
  const rate = f32x4.splat(controlFloat(Control.learningRate)), zero = f32x4.splat(0);
  let broken = zero;
  for (let i = <usize>thread * share; i < end; i += 16) {
    const g = gradients + i;
    const sum = f32x4.add(
      f32x4.add(v128.load(g), v128.load(g + sliceBytes)),
      f32x4.add(v128.load(g + 2 * sliceBytes), v128.load(g + 3 * sliceBytes)),
    );
    const p = v128.load(parameters + i);
    const decayed = f32x4.add(sum, f32x4.mul(p, decay));
    const velocity = withoutNegligible(f32x4.add(f32x4.mul(v128.load(momenta + i), momentum), decayed));
    const next = f32x4.sub(p, f32x4.mul(velocity, rate));
    v128.store(momenta + i, velocity);
    v128.store(parameters + i, next);
    // 0 times a finite number is 0, else NaN.
    broken = f32x4.add(broken, f32x4.mul(next, zero));
  }
  const isWhole = v128.all_true<u32>(f32x4.eq(broken, zero));
  store<i32>(control + (<usize>(Control.broken + thread) << 2), isWhole ? 0 : 1);
}
