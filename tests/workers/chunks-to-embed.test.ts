import { describe, expect, it } from "vitest";
import { chunksToEmbed } from "@/lib/engine/embedding/chunks-to-embed";

const slices = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ pixelHash: String(place), fileSha256: "" }));
const chunks = (count: number, isDone: (place: number) => boolean) =>
  chunksToEmbed(slices(count), ({ pixelHash }) => isDone(Number(pixelHash)));

describe("the slices to embed", () => {
  it("are cut into eight steps, of 16 slices at least and 64 at most", () => {
    expect(chunks(40, () => false)).toEqual([
      { first: 0, count: 16 },
      { first: 16, count: 16 },
      { first: 32, count: 8 },
    ]);
    expect(chunks(320, () => false).map(({ count }) => count)).toEqual(Array(8).fill(40));
    expect(chunks(1000, () => false).map(({ count }) => count)).toEqual([...Array(15).fill(64), 40]);
  });

  it("are those without features: ranges pass over what is done at their ends, and none is left out", () => {
    expect(chunks(500, () => true)).toEqual([]);
    expect(chunks(500, (place) => place !== 123 && place !== 130)).toEqual([{ first: 123, count: 8 }]);
    const isDone = (place: number) => place % 3 === 0;
    const covered = new Set(
      chunks(100, isDone).flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at)),
    );
    for (let place = 0; place < 100; place++) if (!isDone(place)) expect(covered.has(place)).toBe(true);
  });
});
