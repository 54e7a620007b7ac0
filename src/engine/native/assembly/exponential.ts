// The exponential function from sums and products alone, so that it is the same on every processor; to about 2 units of the last place.

import { atLeast } from "./rows";

const log2E: f32 = 1.44269504088896341;
/** ln 2 in two parts, of which the first has few digits: n times it is exact. */
const ln2Large: f32 = 0.693359375, ln2Small: f32 = -2.12194440e-4;

/** eˣ for x in [−87, 88]; beyond, the value at the end. NaN stays. Polynomial of S. Moshier's Cephes library, expf. */
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmin(atLeast(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(log2E)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(ln2Large)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(ln2Small)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // 2ⁿ: n into the exponent's bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** 1/(1 + e⁻ˣ); never so small that products with it lose digits. */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const opposite = f32x4.pmin(f32x4.neg(x), f32x4.splat(60));
  return f32x4.div(one, f32x4.add(one, exponential(opposite)));
}
