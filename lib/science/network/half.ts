/** Values of IEEE 754 binary16 bit patterns. */
export function halfToFloat(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let index = 0; index < halves.length; index++) bits[index] = FLOAT_OF_HALF[halves[index]!]!;
  return new Float32Array(bits.buffer);
}

/**
 * The nearest IEEE 754 binary16 bit patterns, ties to even. Magnitudes from 65520 become infinite, those up to
 * 2^-25 become zero; a NaN stays one.
 */
export function floatToHalf(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const shifted = new Float32Array(1);
  const shiftedBits = new Uint32Array(shifted.buffer);
  for (let index = 0; index < values.length; index++) {
    const pattern = bits[index]!;
    const sign = (pattern >>> 16) & 0x8000;
    const magnitude = pattern & 0x7fffffff;
    let half: number;
    if (magnitude > 0x7f800000) half = 0x7e00;
    else if (magnitude >= 0x47800000) half = 0x7c00;
    else if (magnitude >= 0x38800000) {
      const odd = (magnitude >>> 13) & 1;
      half = (magnitude - 0x38000000 + 0xfff + odd) >>> 13; // a carry from the mantissa raises the exponent
    } else {
      shifted[0] = Math.abs(values[index]!) + 0.5; // float32 around 0.5 has binary16's subnormal spacing, 2^-24
      half = shiftedBits[0]! - 0x3f000000;
    }
    halves[index] = sign | half;
  }
  return halves;
}

/** Float32 bits of all 65,536 halves. */
const FLOAT_OF_HALF = (() => {
  const table = new Float32Array(65536);
  for (let half = 0; half < 65536; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 31) table[half] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else if (exponent === 0) table[half] = sign * fraction * 2 ** -24;
    else table[half] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return new Uint32Array(table.buffer);
})();
