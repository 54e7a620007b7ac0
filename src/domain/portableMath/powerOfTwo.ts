/** The first word of a double holds its sign and 11 bits of exponent, the second nothing but the end of its fraction: always 0 here. */
const scratch = new DataView(new ArrayBuffer(8))

/** 2 to an integer, exactly; −1022 … 1023. A DataView is big-endian on every machine unless told otherwise. */
export const powerOfTwo = (exponent: number): number => {
  scratch.setInt32(0, (1023 + exponent) << 20)
  return scratch.getFloat64(0)
}
