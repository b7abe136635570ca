/** A stream of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A seeded stream: xoshiro128** 1.1 (Blackman and Vigna 2021, doi:10.1145/3460772; period 2^128 - 1), whose
 * state is filled from `seed` (an unsigned 32-bit integer) by SplitMix32. The upper 24 bits are used, so that
 * every value is exact in a Float32Array.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const filled = Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state);
  });
  const next = xoshiro128(filled as [number, number, number, number]);
  return () => (next() >>> 8) / 16777216;
}

/** The bare generator over its 128 bits of state, not all zero; gives unsigned 32-bit integers. */
export function xoshiro128([a, b, c, d]: [number, number, number, number]): () => number {
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** A standard normal number (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Shuffles in place (Fisher and Yates) and gives the same array back. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
  values: T,
  random: Random,
): T {
  for (let index = values.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const kept = values[index];
    values[index] = values[other];
    values[other] = kept;
  }
  return values;
}

/**
 * An unsigned 32-bit seed from words and numbers, for example `seedOf("dropout", runSeed, epoch)`: FNV-1a over
 * the UTF-16 units, mixed so that neighbouring names give unrelated seeds. Equal parts give equal seeds.
 */
export function seedOf(...parts: (string | number)[]): number {
  const text = parts.join("\u0000");
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash >>> 0);
}

/** The finalizer of MurmurHash3 (Appleby): every input bit moves every output bit. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
