// Numbers that several kernels need.

/**
 * Gradients smaller than this are as good as none, but a processor takes many times as long over products so small that they lose digits
 * (denormal numbers): they are set to 0. 2⁻⁶⁰.
 */
export const negligible: f32 = 8.673617379884035e-19;

/** x where |x| is not negligible, else 0; NaN and infinity stay. */
@inline
export function withoutNegligible(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(negligible)));
}

/** max(x, bound), x where it is NaN: a network that broke must not look like one that does not learn. */
@inline
export function atLeast(x: v128, bound: v128): v128 {
  return f32x4.pmax(x, bound);
}
