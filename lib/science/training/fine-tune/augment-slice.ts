import { normal, type Random } from "../random";

/** How one slice is changed: mirrored first, then turned, scaled and shifted about its middle; then its intensities. */
export interface Augmentation {
  /** Left and right change places. */
  mirrored: boolean;
  /** Counter-clockwise on the screen. */
  angleDegrees: number;
  /** Above 1 enlarges. */
  scale: number;
  /** Pixels; positive moves the content down and right. */
  shiftRows: number;
  shiftColumns: number;
  /** By channel: an intensity v in [0, 1] becomes `gain * v + offset`, kept in [0, 1]; black stays black. */
  gain: readonly [number, number, number];
  offset: readonly [number, number, number];
}

/** How far {@link drawAugmentation} may go. */
export interface AugmentationLimits {
  /** Share of slices that are mirrored, 0 to 1. */
  mirrored: number;
  angleDegrees: number;
  /** 0.1 allows scales from 0.9 to 1.1. */
  scale: number;
  /** Whole pixels. */
  shiftPixels: number;
  /** Standard deviations. */
  gain: number;
  offset: number;
}

/** Mild, as the heads of a study already differ by more: nothing leaves the frame of a 256 x 256 slice. */
export const AUGMENTATION_LIMITS: AugmentationLimits = {
  mirrored: 0.5,
  angleDegrees: 8,
  scale: 0.08,
  shiftPixels: 8,
  gain: 0.1,
  offset: 0.02,
};

export const NO_AUGMENTATION: Augmentation = {
  mirrored: false,
  angleDegrees: 0,
  scale: 1,
  shiftRows: 0,
  shiftColumns: 0,
  gain: [1, 1, 1],
  offset: [0, 0, 0],
};

/** Draws a change within the limits; the same stream gives the same change. Ten numbers are always taken from it. */
export function drawAugmentation(random: Random, limits: AugmentationLimits): Augmentation {
  const within = (limit: number) => (2 * random() - 1) * limit;
  const three = (middle: number, deviation: number): [number, number, number] => [
    middle + deviation * normal(random),
    middle + deviation * normal(random),
    middle + deviation * normal(random),
  ];
  return {
    mirrored: random() < limits.mirrored,
    angleDegrees: within(limits.angleDegrees),
    scale: 1 + within(limits.scale),
    shiftRows: Math.round(within(limits.shiftPixels)),
    shiftColumns: Math.round(within(limits.shiftPixels)),
    gain: three(1, limits.gain),
    offset: three(0, limits.offset),
  };
}

/**
 * A slice as the network reads it, `[size, size, 3]`, 0 to 1, of its bytes in the same shape. What comes from outside
 * of the slice is black.
 */
export function augmentImage(pixels: Uint8Array, size: number, change: Augmentation): Float32Array {
  checkSize(pixels, size * size * 3);
  const { gain, offset } = change;
  const result = new Float32Array(pixels.length);
  forEachSource(size, change, (target, top, left, low, far) => {
    for (let channel = 0; channel < 3; channel++) {
      const value = sample(pixels, size, 3, channel, top, left, low, far);
      if (value <= 0) continue;
      const changed = (gain[channel]! * value) / 255 + offset[channel]!;
      result[3 * target + channel] = Math.min(1, Math.max(0, changed));
    }
  });
  return result;
}

/**
 * A slice's mask under the same change, `[size, size]` of 0/1: a pixel belongs to it where at least half of what it
 * shows did.
 */
export function augmentMask(mask: Uint8Array, size: number, change: Augmentation): Uint8Array {
  checkSize(mask, size * size);
  const result = new Uint8Array(mask.length);
  forEachSource(size, change, (target, top, left, low, far) => {
    if (sample(mask, size, 1, 0, top, left, low, far) >= 0.5) result[target] = 1;
  });
  return result;
}

/** For each pixel of the result: the upper left of the four pixels that it is mixed of, and how far from it it lies. */
function forEachSource(
  size: number,
  { mirrored, angleDegrees, scale, shiftRows, shiftColumns }: Augmentation,
  visit: (target: number, top: number, left: number, low: number, far: number) => void,
) {
  const middle = (size - 1) / 2;
  const angle = (angleDegrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const down = row - middle - shiftRows;
      const across = column - middle - shiftColumns;
      const y = middle + cos * down + sin * across;
      const turned = middle - sin * down + cos * across;
      const x = mirrored ? size - 1 - turned : turned;
      const top = Math.floor(y);
      const left = Math.floor(x);
      if (top < -1 || left < -1 || top >= size || left >= size) continue;
      visit(row * size + column, top, left, y - top, x - left);
    }
  }
}

/** A value of a channel between four pixels, bilinear; pixels outside are 0. */
function sample(
  source: Uint8Array,
  size: number,
  channels: number,
  channel: number,
  top: number,
  left: number,
  low: number,
  far: number,
): number {
  const at = (top * size + left) * channels + channel;
  const isAbove = top < 0;
  const isBelow = top + 1 >= size;
  const isBefore = left < 0;
  const isBehind = left + 1 >= size;
  const upperLeft = isAbove || isBefore ? 0 : source[at]!;
  const upperRight = isAbove || isBehind ? 0 : source[at + channels]!;
  const lowerLeft = isBelow || isBefore ? 0 : source[at + size * channels]!;
  const lowerRight = isBelow || isBehind ? 0 : source[at + (size + 1) * channels]!;
  return (
    (1 - low) * ((1 - far) * upperLeft + far * upperRight) + low * ((1 - far) * lowerLeft + far * lowerRight)
  );
}

function checkSize({ length }: { length: number }, expected: number) {
  if (length !== expected) throw new RangeError(`${length} values are not a slice of ${expected}`);
}
