import { describe, expect, it } from "vitest";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import { drawn, linesOf } from "./drawing";

describe("floodFill", () => {
  const grid = { rows: 3, columns: 5 };
  // biome-ignore format: a line is a row of the image
  const image = Uint8Array.from([
    50, 52, 90, 50, 50,
    55, 90, 90, 90, 50,
    60, 65, 56, 50, 90,
  ]);

  function flooded(seed: readonly [number, number], tolerance: number) {
    const mask = new Uint8Array(15);
    const changed = floodFill(mask, grid, image, seed, tolerance, 1);
    return { changed, lines: linesOf(mask, grid) };
  }

  it("takes neighbours within the tolerance of the seed, not of each other", () => {
    expect(flooded([0.5, 0.5], 5)).toEqual({ changed: true, lines: ["##...", "#....", "....."] });
    expect(flooded([0.2, 0.9], 10).lines).toEqual(["##...", "#....", "#...."]);
    expect(flooded([0, 0], 15).lines).toEqual(["##...", "#....", "####."]);
  });

  it("does not cross a corner or the end of a row", () => {
    expect(flooded([3.5, 2.5], 0).lines).toEqual([".....", ".....", "...#."]);
    expect(flooded([4.5, 1.5], 8).lines).toEqual(["...##", "....#", "....."]);
    expect(flooded([1.5, 1.5], 0).lines).toEqual(["..#..", ".###.", "....."]);
  });

  it("takes one even region whole", () => {
    const mask = new Uint8Array(13 * 7);
    expect(floodFill(mask, { rows: 13, columns: 7 }, new Float32Array(13 * 7), [6.9, 12.9], 0, 1)).toBe(true);
    expect(mask.every((value) => value === 1)).toBe(true);
  });

  it("erases, goes by the image alone, and says whether anything changed", () => {
    const { mask } = drawn("#.###", "#####", "#####");
    expect(floodFill(mask, grid, image, [0.5, 0.5], 5, 0)).toBe(true);
    expect(linesOf(mask, grid)).toEqual(["..###", ".####", "#####"]);
    expect(floodFill(mask, grid, image, [0.5, 0.5], 5, 0)).toBe(false);
  });

  it.each([[[-0.1, 0]], [[5, 0]], [[0, 3]], [[2, -1]]] as const)(
    "does nothing from %j, outside the image",
    (seed) => {
      expect(flooded(seed, 255)).toEqual({ changed: false, lines: [".....", ".....", "....."] });
    },
  );

  it("refuses a mask or an image of another size", () => {
    expect(() => floodFill(new Uint8Array(14), grid, image, [0, 0], 1, 1)).toThrow(RangeError);
    expect(() => floodFill(new Uint8Array(15), grid, new Uint8Array(45), [0, 0], 1, 1)).toThrow(RangeError);
  });
});

describe("fillHoles", () => {
  function withoutHoles(...lines: string[]) {
    const { mask, grid } = drawn(...lines);
    return linesOf(fillHoles(mask, grid), grid);
  }

  it("fills what tumor encloses, and leaves bays open", () => {
    expect(
      withoutHoles(
        "..........", //
        ".####.###.",
        ".#..#.#...",
        ".#.##.###.",
        ".###......",
      ),
    ).toEqual([
      "..........", //
      ".####.###.",
      ".####.#...",
      ".####.###.",
      ".###......",
    ]);
  });

  it("fills a hole that touches the outside by a corner alone", () => {
    expect(withoutHoles(".....", ".##..", ".#.#.", "..#..")).toEqual([".....", ".##..", ".###.", "..#.."]);
  });

  it("never fills background at the border", () => {
    expect(withoutHoles("#.#", "#.#", "###")).toEqual(["#.#", "#.#", "###"]);
    expect(withoutHoles("####", "#...", "####")).toEqual(["####", "#...", "####"]);
    expect(withoutHoles("####", "...#", "####")).toEqual(["####", "...#", "####"]);
    expect(withoutHoles("####", "#..#", "##.#")).toEqual(["####", "#..#", "##.#"]);
    expect(withoutHoles("#...#")).toEqual(["#...#"]);
    expect(withoutHoles("#", ".", "#")).toEqual(["#", ".", "#"]);
  });

  it("keeps islands within a hole and gives a new mask", () => {
    const { mask, grid } = drawn("#####", "#...#", "#.#.#", "#...#", "#####");
    const before = mask.slice();
    expect(fillHoles(mask, grid)).toEqual(new Uint8Array(25).fill(1));
    expect(mask).toEqual(before);
  });

  it("leaves empty and full masks as they are", () => {
    expect(withoutHoles("....", "....")).toEqual(["....", "...."]);
    expect(withoutHoles("####", "####")).toEqual(["####", "####"]);
  });

  it("refuses a mask of another size", () => {
    expect(() => fillHoles(new Uint8Array(5), { rows: 2, columns: 3 })).toThrow(RangeError);
  });
});
