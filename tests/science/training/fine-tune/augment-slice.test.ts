import { describe, expect, it } from "vitest";
import {
  AUGMENTATION_LIMITS,
  type Augmentation,
  augmentImage,
  augmentMask,
  drawAugmentation,
  NO_AUGMENTATION,
} from "@/lib/science/training/fine-tune/augment-slice";
import { seededRandom } from "@/lib/science/training/random";

const size = 64;

/** Nothing but a lesion: an ellipse that touches no border, 255 in all channels where the mask is 1. */
function lesion() {
  const mask = new Uint8Array(size * size);
  const pixels = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (((row - 25) / 9) ** 2 + ((column - 40) / 5) ** 2 > 1) continue;
      mask[row * size + column] = 1;
      pixels.fill(255, (row * size + column) * 3, (row * size + column) * 3 + 3);
    }
  return { mask, pixels };
}

const middleOf = (mask: Uint8Array) => {
  let [row, column, count] = [0, 0, 0];
  mask.forEach((value, pixel) => {
    row += value * Math.floor(pixel / size);
    column += value * (pixel % size);
    count += value;
  });
  return { row: row / count, column: column / count, count };
};

describe("augmentation", () => {
  it("leaves a slice as it is when nothing is to change", () => {
    const pixels = Uint8Array.from({ length: size * size * 3 }, (_, index) => (index * 31) % 256);
    const mask = Uint8Array.from({ length: size * size }, (_, index) => (index % 3 === 0 ? 1 : 0));
    expect(augmentImage(pixels, size, NO_AUGMENTATION)).toEqual(Float32Array.from(pixels, (v) => v / 255));
    expect(augmentMask(mask, size, NO_AUGMENTATION)).toEqual(mask);
  });

  it("moves the lesion's mask exactly as its image, under any drawn change", () => {
    const { mask, pixels } = lesion();
    const random = seededRandom(7);
    for (let draw = 0; draw < 50; draw++) {
      const change = { ...drawAugmentation(random, AUGMENTATION_LIMITS), ...evenIntensity };
      const image = augmentImage(pixels, size, change);
      const moved = augmentMask(mask, size, change);
      const shown = Uint8Array.from(moved, (_, pixel) => (image[3 * pixel]! >= 0.5 ? 1 : 0));
      expect(moved).toEqual(shown);
      expect(moved.includes(1)).toBe(true);
    }
  });

  it("shifts and mirrors by whole pixels", () => {
    const { mask } = lesion();
    const before = middleOf(mask);
    const shifted = middleOf(augmentMask(mask, size, { ...NO_AUGMENTATION, shiftRows: 5, shiftColumns: -8 }));
    expect(shifted).toEqual({ row: before.row + 5, column: before.column - 8, count: before.count });
    const mirrored = middleOf(augmentMask(mask, size, { ...NO_AUGMENTATION, mirrored: true }));
    expect(mirrored).toEqual({ ...before, column: size - 1 - before.column });
  });

  it("turns counter-clockwise about the middle and scales areas by the square", () => {
    const { mask } = lesion();
    const before = middleOf(mask);
    const change = { ...NO_AUGMENTATION, angleDegrees: 8, scale: 1.5 };
    const after = middleOf(augmentMask(mask, size, change));
    const [cos, sin] = [Math.cos((8 * Math.PI) / 180), Math.sin((8 * Math.PI) / 180)];
    const [down, across] = [before.row - 31.5, before.column - 31.5];
    // On a screen, where rows go down, (across, down) turns to (cos across + sin down, cos down - sin across).
    expect(after.column).toBeCloseTo(31.5 + 1.5 * (cos * across + sin * down), 0);
    expect(after.row).toBeCloseTo(31.5 + 1.5 * (cos * down - sin * across), 0);
    expect(after.count / before.count).toBeCloseTo(2.25, 1);
  });

  it("changes a channel's intensity by gain and offset, within bounds, and keeps black black", () => {
    const pixels = Uint8Array.from({ length: size * size * 3 }, (_, index) => [0, 102, 204][index % 3]!);
    const change: Augmentation = { ...NO_AUGMENTATION, gain: [1, 0.5, 2], offset: [0.1, 0.1, 0] };
    const image = augmentImage(pixels, size, change);
    for (const [channel, value] of [0, 0.3, 1].entries()) expect(image[channel]).toBeCloseTo(value, 6);
  });

  it("is the same for the same stream, within its limits, and another for the next", () => {
    const one = drawAugmentation(seededRandom(3), AUGMENTATION_LIMITS);
    expect(drawAugmentation(seededRandom(3), AUGMENTATION_LIMITS)).toEqual(one);
    const random = seededRandom(3);
    const many = Array.from({ length: 200 }, () => drawAugmentation(random, AUGMENTATION_LIMITS));
    expect(new Set(many.map(({ angleDegrees }) => angleDegrees)).size).toBe(200);
    for (const { shiftRows, shiftColumns, angleDegrees, scale } of many) {
      expect(Number.isInteger(shiftRows) && Number.isInteger(shiftColumns)).toBe(true);
      expect(Math.max(Math.abs(shiftRows), Math.abs(shiftColumns))).toBeLessThanOrEqual(8);
      expect(Math.abs(angleDegrees)).toBeLessThanOrEqual(8);
      expect(Math.abs(scale - 1)).toBeLessThanOrEqual(0.08);
    }
    const mirrored = many.filter((change) => change.mirrored).length;
    expect(mirrored).toBeGreaterThan(70);
    expect(mirrored).toBeLessThan(130);
  });

  it("refuses pixels of another size", () => {
    expect(() => augmentMask(new Uint8Array(10), size, NO_AUGMENTATION)).toThrow("not a slice of 4096");
  });
});

const evenIntensity = { gain: [1, 1, 1], offset: [0, 0, 0] } as const;
