/**
 * Length of the vector (x, y), within 2 ulp and the same, bit for bit, in every browser, which Math.hypot need not be: a square root and
 * products are exact to the last bit everywhere. For lengths between 1e-150 and 1e150, as their squares must be doubles.
 */
export const hypot = (x: number, y: number): number => Math.sqrt(x * x + y * y)
