import { maskArea } from "./mask-area";
import { blend, type Head, headScale, makeHead, type Signal, tissueAt, toHead } from "./phantom-anatomy";
import { hashNormal, hashUnit, mix, type Noise, roughen, step, valueNoise } from "./seeded-noise";

/** Rows and columns of a phantom's images. */
export const PHANTOM_SIZE = 256;

export interface PhantomSlice {
  /** From 1 at the skull's base. */
  position: number;
  /** `[256, 256, 3]`, 8 bits: T1 pre-contrast, FLAIR, T1 post-contrast. */
  image: Uint8Array;
  /** `[256, 256]`, 0 or 1: the lesion. */
  mask: Uint8Array;
  /** Pixels of `mask`. */
  lesionAreaPixels: number;
}

export interface PhantomPatient {
  /** `PHANTOM_01_0001`: project, site and number, as public sets name theirs. */
  patientKey: string;
  /** `2024-01-01`. */
  studyDate: string;
  slices: PhantomSlice[];
}

/**
 * A made-up study of a brain with one lesion, for demonstrations and tests: 18 to 22 slices from base to vertex.
 *
 * Head, folds, ventricles, brightness, noise (Rician, as magnitude images have: Gudbjartsson and Patz 1995) and the
 * slow change of brightness over the image differ by patient. The lesion covers a run of about a third of the slices;
 * it is bright on FLAIR, dark on T1, in some patients with a rim that takes up contrast. The mask is where the lesion
 * has at least half of its strength, so its area is known exactly.
 *
 * The same `seed` and `index` (from 0) give the same bytes. Phantoms are for showing and testing software; figures on
 * them say nothing about patients.
 */
export function makePhantomPatient(seed: number, index: number): PhantomPatient {
  const own = Math.floor(hashUnit(seed, index, 77) * 2 ** 31);
  const head = makeHead(own);
  const count = 18 + Math.floor(hashUnit(own, 20) * 5);
  const lesion = makeLesion(own, head, count);
  const slices = Array.from({ length: count }, (_, slice) =>
    makeSlice(head, lesion, slice, heightOf(slice, count)),
  );
  const day = 1 + Math.floor(hashUnit(own, 21) * 28);
  return {
    patientKey: `PHANTOM_${pad(1 + (index % 3), 2)}_${pad(index + 1, 4)}`,
    studyDate: `2024-${pad(1 + Math.floor(hashUnit(own, 22) * 12), 2)}-${pad(day, 2)}`,
    slices,
  };
}

const pad = (value: number, length: number) => String(value).padStart(length, "0");
const heightOf = (slice: number, count: number) => mix(0.03, 0.97, slice / (count - 1));

interface Lesion {
  firstSlice: number;
  lastSlice: number;
  row: number;
  column: number;
  /** Pixels, in its middle slice. */
  radius: number;
  elongation: number;
  angle: number;
  roughness: number;
  shape: Noise;
  texture: Noise;
  /** Added to FLAIR at full strength. */
  flair: number;
  /** T1's share that stays at full strength. */
  t1: number;
  /** 0 for a lesion without contrast uptake, up to 1. */
  uptake: number;
}

function makeLesion(seed: number, head: Head, count: number): Lesion {
  const draw = (what: number, from: number, to: number) => mix(from, to, hashUnit(seed, what));
  // From plain to faint, as lesions are: a reader's and a model's hard cases belong in a demonstration.
  const plainness = mix(0.1, 1, hashUnit(seed, 39));
  const length = Math.round(count * draw(40, 0.28, 0.42));
  const firstSlice = Math.round(draw(41, 0.36, 0.78 - length / count) * count);
  const side = hashUnit(seed, 42) < 0.5 ? -1 : 1;
  const middle = headScale(heightOf(firstSlice + (length - 1) / 2, count));
  return {
    firstSlice,
    lastSlice: firstSlice + length - 1,
    row: head.centreRow + draw(43, -0.5, 0.35) * head.halfLength * middle,
    column: head.centreColumn + side * draw(44, 0.3, 0.45) * head.halfWidth * middle,
    radius: draw(45, 9, 28),
    elongation: draw(46, 1, 1.5),
    angle: draw(47, 0, Math.PI),
    roughness: draw(48, 0.45, 0.75),
    shape: roughen(valueNoise(seed + 201)),
    texture: roughen(valueNoise(seed + 202)),
    flair: plainness * draw(49, 45, 72),
    t1: 1 - plainness * draw(50, 0.16, 0.3),
    uptake: plainness > 0.6 && hashUnit(seed, 51) < 0.6 ? draw(52, 0.5, 1) : 0,
  };
}

/** -1 to 1 from the lesion's first slice to its last. */
function alongLesion({ firstSlice, lastSlice }: Lesion, slice: number) {
  return ((slice - firstSlice + 0.5) / (lastSlice - firstSlice + 1)) * 2 - 1;
}

/** Partial volume: at its ends a lesion fills only part of a slice's thickness. */
function fullness(lesion: Lesion, slice: number) {
  const along = alongLesion(lesion, slice);
  return mix(0.15, 1, step(0, 0.6, 1 - along * along));
}

/** How far inside the lesion a place is: 0 on its border, 1 in its middle, negative outside. */
function depthInLesion(lesion: Lesion, slice: number, row: number, column: number) {
  const { firstSlice, lastSlice, radius, elongation, angle } = lesion;
  if (slice < firstSlice || slice > lastSlice) return -1;
  const along = alongLesion(lesion, slice);
  const here = radius * Math.sqrt(1 - 0.8 * along * along);
  const dx = column - lesion.column;
  const dy = row - lesion.row;
  const x = (dx * Math.cos(angle) + dy * Math.sin(angle)) / elongation;
  const y = dy * Math.cos(angle) - dx * Math.sin(angle);
  const distance = Math.sqrt(x * x + y * y) / here;
  if (distance > 2) return -1;
  return 1 - distance + lesion.roughness * lesion.shape(column / 17, row / 17, slice * 0.35);
}

function makeSlice(head: Head, lesion: Lesion, slice: number, z: number): PhantomSlice {
  const pixels = PHANTOM_SIZE * PHANTOM_SIZE;
  const clean = [new Float32Array(pixels), new Float32Array(pixels), new Float32Array(pixels)];
  const mask = new Uint8Array(pixels);
  for (let row = 0; row < PHANTOM_SIZE; row++) {
    for (let column = 0; column < PHANTOM_SIZE; column++) {
      const { signal, brain } = tissueAt(head, row, column, z);
      const depth = brain > 0 ? depthInLesion(lesion, slice, row, column) : -1;
      const strength = brain * step(-0.13, 0.13, depth);
      const index = row * PHANTOM_SIZE + column;
      const visible = strength * fullness(lesion, slice);
      const final = strength > 0 ? withLesion(signal, lesion, visible, depth, row, column, slice) : signal;
      for (let k = 0; k < 3; k++) clean[k]![index] = final[k]!;
      if (strength >= 0.5) mask[index] = 1;
    }
  }
  const image = acquire(clean.map(blur), head, slice, z);
  return { position: slice + 1, image, mask, lesionAreaPixels: maskArea(mask) };
}

function withLesion(
  signal: Signal,
  lesion: Lesion,
  strength: number,
  depth: number,
  row: number,
  column: number,
  slice: number,
): Signal {
  const grain = lesion.texture(column / 11, row / 11, slice * 0.5);
  // Tumor and oedema displace the folds: the place forgets most of what it was.
  const even: Signal = [76, 72, 76];
  const base = blend(signal, even, 0.7 * strength);
  const rim = step(0.2, 0.38, depth) * (1 - step(0.5, 0.68, depth));
  const uptake = lesion.uptake * rim * (0.7 + 0.6 * grain);
  return [
    base[0] * mix(1, lesion.t1 + 0.1 * grain, strength),
    base[1] + strength * lesion.flair * (1 + 0.35 * grain) * mix(0.8, 1.1, step(0, 0.6, depth)),
    base[2] * mix(1, lesion.t1 - 0.04 + 0.1 * grain, strength) + 95 * Math.max(0, uptake),
  ];
}

/** A little of each neighbour, as a scanner's point spread gives (1 2 1 in both directions). */
function blur(plane: Float32Array): Float32Array {
  const result = new Float32Array(plane.length);
  const lines = new Float32Array(plane.length);
  for (let at = 1; at < plane.length - 1; at++) lines[at] = plane[at - 1]! + 2 * plane[at]! + plane[at + 1]!;
  for (let at = PHANTOM_SIZE; at < plane.length - PHANTOM_SIZE; at++) {
    result[at] = (lines[at - PHANTOM_SIZE]! + 2 * lines[at]! + lines[at + PHANTOM_SIZE]!) / 16;
  }
  return result;
}

/** What a scanner makes of clean signals: bias field, Rician noise, 8 bits. */
function acquire(planes: Float32Array[], head: Head, slice: number, z: number): Uint8Array {
  const draw = (what: number, axis: number, from: number, to: number) =>
    mix(from, to, hashUnit(head.seed, what, axis));
  const coils = planes.map((plane, k) => ({
    plane,
    slopeU: draw(60 + k, 0, -0.09, 0.09),
    slopeV: draw(60 + k, 1, -0.09, 0.09),
    bowl: draw(63 + k, 0, 0, 0.14),
    deviation: draw(66 + k, 0, 1.4, 2.8),
    seed: head.seed + 300 + 2 * k,
  }));
  const image = new Uint8Array(PHANTOM_SIZE * PHANTOM_SIZE * 3);
  for (let row = 0; row < PHANTOM_SIZE; row++) {
    for (let column = 0; column < PHANTOM_SIZE; column++) {
      const at = row * PHANTOM_SIZE + column;
      const { u, v } = toHead(head, row, column, Math.min(z, 0.5));
      coils.forEach(({ plane, slopeU, slopeV, bowl, deviation, seed }, k) => {
        const bias = 1 + slopeU * u + slopeV * v + bowl * (u * u + v * v - 0.5);
        const real = plane[at]! * bias + deviation * hashNormal(seed, column, row, slice);
        const imaginary = deviation * hashNormal(seed + 1, column, row, slice);
        image[at * 3 + k] = Math.min(255, Math.round(Math.sqrt(real * real + imaginary * imaginary)));
      });
    }
  }
  return image;
}
