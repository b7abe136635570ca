import { describe, expect, it } from "vitest";
import type { DecodedImage } from "@/lib/science/imaging/decode-image";
import {
  fromNetworkMask,
  placement,
  toNetworkInput,
  toNetworkMask,
} from "@/lib/science/imaging/to-network-input";

const image = (
  rows: number,
  columns: number,
  channels: 1 | 3,
  value: (row: number, column: number) => number,
): DecodedImage => ({
  rows,
  columns,
  channels,
  bits: 8,
  data: Uint8Array.from({ length: rows * columns * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    return value(Math.floor(pixel / columns), pixel % columns);
  }),
});

describe("toNetworkInput", () => {
  it("takes 256 x 256 RGB byte for byte, in a copy", () => {
    const exact = image(256, 256, 3, (row, column) => (row * 7 + column * 13) % 256);
    const input = toNetworkInput(exact);
    expect(input).toEqual(exact.data);
    expect(input.buffer).not.toBe(exact.data.buffer);
  });

  it("gives grey to all three channels", () => {
    const input = toNetworkInput(image(256, 256, 1, (row, column) => (row + column) % 256));
    expect([...input.subarray((3 * 256 + 5) * 3, (3 * 256 + 5) * 3 + 3)]).toEqual([8, 8, 8]);
  });

  it("brings 16 bits to 8", () => {
    const data = new Uint16Array(256 * 256).fill(65535);
    data[0] = 257 * 100;
    const input = toNetworkInput({ rows: 256, columns: 256, channels: 1, bits: 16, data });
    expect([input[0], input[3]]).toEqual([100, 255]);
  });

  it("scales bilinearly with half-pixel centres", () => {
    // Columns 0 and 200 of a 128-wide image doubled: 0, then 1/4 and 3/4 of the way, by hand.
    const input = toNetworkInput(image(128, 128, 1, (_, column) => (column === 0 ? 0 : 200)));
    expect([0, 1, 2, 3].map((column) => input[column * 3])).toEqual([0, 50, 150, 200]);
  });

  it("averages when it shrinks much, so that nothing falls between", () => {
    const input = toNetworkInput(image(1024, 1024, 1, (_, column) => (column % 4 === 0 ? 200 : 0)));
    expect(new Set(input)).toEqual(new Set([50]));
  });

  it("keeps the aspect and centres on black", () => {
    const input = toNetworkInput(image(100, 200, 1, () => 90));
    expect(placement(100, 200)).toEqual({ rows: 128, columns: 256, top: 64, left: 0 });
    const at = (row: number) => input[(row * 256 + 100) * 3];
    expect([at(63), at(64), at(191), at(192)]).toEqual([0, 90, 90, 0]);
  });
});

describe("fromNetworkMask", () => {
  it("is the identity at 256 x 256", () => {
    const mask = Uint8Array.from({ length: 65536 }, (_, index) => index % 2);
    expect(fromNetworkMask(mask, 256, 256)).toEqual(mask);
  });

  it.each([
    [100, 200],
    [512, 512],
    [64, 48],
    [300, 180],
  ])("puts a square back where it was in %i x %i", (rows, columns) => {
    const inside = (row: number, column: number) =>
      row >= rows / 4 && row < rows / 2 && column >= columns / 2 && column < (columns * 3) / 4;
    const source = image(rows, columns, 1, (row, column) => (inside(row, column) ? 255 : 0));
    const input = toNetworkInput(source);
    const mask = Uint8Array.from({ length: 65536 }, (_, index) => (input[index * 3]! >= 128 ? 1 : 0));
    const back = fromNetworkMask(mask, rows, columns);
    let wrong = 0;
    back.forEach((value, index) => {
      if (value !== (source.data[index]! > 0 ? 1 : 0)) wrong++;
    });
    const border = (rows + columns) / 2;
    expect(wrong).toBeLessThanOrEqual(Math.max(rows, columns) > 256 ? border : 2);
  });
});

describe("toNetworkMask", () => {
  it("is the identity at 256 x 256, and refuses a mask of another size", () => {
    const mask = Uint8Array.from({ length: 65536 }, (_, index) => index % 2);
    expect(toNetworkMask(mask, 256, 256)).toEqual(mask);
    expect(() => toNetworkMask(mask, 256, 255)).toThrow("a mask of 65536 pixels is not 256 x 255");
  });

  it.each([
    [100, 200],
    [512, 512],
    [64, 48],
    [300, 180],
  ])("lies on the image of %i x %i that it belongs to, and goes back to where it was", (rows, columns) => {
    const inside = (row: number, column: number) =>
      row >= rows / 4 && row < rows / 2 && column >= columns / 2 && column < (columns * 3) / 4;
    const source = image(rows, columns, 1, (row, column) => (inside(row, column) ? 255 : 0));
    const mask = Uint8Array.from(source.data, (value) => (value > 0 ? 1 : 0));
    const input = toNetworkInput(source);
    const moved = toNetworkMask(mask, rows, columns);
    const shown = moved.filter((value, pixel) => value !== (input[pixel * 3]! >= 128 ? 1 : 0));
    expect(shown.length).toBeLessThanOrEqual(128); // half-covered pixels of the square's border
    const back = fromNetworkMask(moved, rows, columns);
    const wrong = back.filter((value, pixel) => value !== mask[pixel]).length;
    expect(wrong).toBeLessThanOrEqual(Math.max(rows, columns) > 256 ? (rows + columns) / 2 : 2);
  });
});
