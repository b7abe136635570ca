/**
 * Random numbers as a function of a seed and a place, so that a pixel's noise does not depend on what was drawn before
 * it. The same seed and place give the same number on every machine.
 */

/** Uniform in [0, 1), from a seed and up to three whole numbers. */
export function hashUnit(seed: number, x: number, y = 0, z = 0): number {
  return hashBits(seed, x, y, z) / 2 ** 32;
}

/** About normal, mean 0 and deviation 1, within ±3.5: the sum of a hash's four bytes. */
export function hashNormal(seed: number, x: number, y: number, z: number): number {
  const bits = hashBits(seed, x, y, z);
  const sum = (bits & 0xff) + ((bits >>> 8) & 0xff) + ((bits >>> 16) & 0xff) + (bits >>> 24);
  return (sum - 510) / BYTES_DEVIATION;
}

/** Deviation of the sum of four uniform bytes. */
const BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);

/** 32 bits from a seed and a place; the last lines are MurmurHash3's finalizer (Appleby 2011). */
function hashBits(seed: number, x: number, y: number, z: number): number {
  let h = absorb(seed | 0, x);
  h = absorb(h, y);
  h = absorb(h, z);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function absorb(h: number, part: number): number {
  const mixed = Math.imul(h ^ Math.imul(part | 0, 0xcc9e2d51), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** Smooth noise in space, in [-1, 1], with features about 1 apart. */
export type Noise = (x: number, y: number, z: number) => number;

const SIDE = 32;

/** Value noise on a lattice of 32³ that repeats (Perlin's smoothing 6t⁵ - 15t⁴ + 10t³ between its points). */
export function valueNoise(seed: number): Noise {
  const lattice = new Float32Array(SIDE ** 3);
  for (let index = 0; index < lattice.length; index++) lattice[index] = hashUnit(seed, index) * 2 - 1;
  const at = (x: number, y: number, z: number) =>
    lattice[((z & (SIDE - 1)) * SIDE + (y & (SIDE - 1))) * SIDE + (x & (SIDE - 1))]!;

  return (x, y, z) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    const u = smooth(x - x0);
    const v = smooth(y - y0);
    const w = smooth(z - z0);
    const near = mix(
      mix(at(x0, y0, z0), at(x0 + 1, y0, z0), u),
      mix(at(x0, y0 + 1, z0), at(x0 + 1, y0 + 1, z0), u),
      v,
    );
    const far = mix(
      mix(at(x0, y0, z0 + 1), at(x0 + 1, y0, z0 + 1), u),
      mix(at(x0, y0 + 1, z0 + 1), at(x0 + 1, y0 + 1, z0 + 1), u),
      v,
    );
    return mix(near, far, w);
  };
}

/** Three octaves of a noise, in about [-1, 1]. */
export function roughen(noise: Noise): Noise {
  return (x, y, z) =>
    (noise(x, y, z) +
      0.5 * noise(2 * x + 7.3, 2 * y + 1.7, 2 * z + 4.1) +
      0.25 * noise(4 * x + 3.9, 4 * y + 9.2, 4 * z + 8.8)) /
    1.75;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function step(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function smooth(t: number) {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
