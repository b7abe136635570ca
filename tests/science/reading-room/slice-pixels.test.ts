import { describe, expect, it, vi } from "vitest";
import { pixelCache, type SlicePixels } from "@/app/(workspace)/reading-room/room/picture/slice-pixels";

const pixels = (bytes: number): SlicePixels => ({
  bytes: new Uint8Array(bytes),
  rows: 1,
  columns: bytes / 3,
});

describe("pixels kept in memory", () => {
  it("are fetched once however many ask, and again after a failure", async () => {
    const load = vi.fn(async (_id: string) => pixels(30));
    load.mockImplementationOnce(async () => {
      throw new Error("This slice's image could not be loaded.");
    });
    const cache = pixelCache(90, load);
    await expect(cache.forceFetch("a")).rejects.toThrow("could not be loaded");
    const [one, other] = await Promise.all([cache.forceFetch("a"), cache.forceFetch("a")]);
    expect(one).toBe(other);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("are let go least recently used first, so that the rest fits", async () => {
    const cache = pixelCache(90, async () => pixels(30));
    for (const id of ["a", "b", "c"]) await cache.forceFetch(id);
    await cache.forceFetch("a");
    await cache.forceFetch("d");
    expect([...cache.keys()].sort()).toEqual(["a", "c", "d"]);
  });

  it("that are on their way come to whoever asked, however many others are asked for", async () => {
    const arrivals: (() => void)[] = [];
    const load = () => new Promise<SlicePixels>((resolve) => arrivals.push(() => resolve(pixels(60))));
    const cache = pixelCache(90, load);
    const asked = ["a", "b", "c"].map((id) => cache.forceFetch(id));
    for (const arrive of arrivals) arrive();
    expect((await Promise.all(asked)).map(({ bytes }) => bytes.length)).toEqual([60, 60, 60]);
    expect(cache.calculatedSize).toBeLessThanOrEqual(90);
  });
});
