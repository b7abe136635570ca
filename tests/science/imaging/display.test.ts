import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { pixelHash } from "@/lib/science/imaging/pixel-hash";
import { renderThumbnail } from "@/lib/science/imaging/thumbnail";
import { percentileWindow } from "@/lib/science/imaging/window";

describe("percentileWindow", () => {
  it("leaves out the darkest and brightest hundredth", () => {
    expect(percentileWindow(Float64Array.from([1, 98, 1]))).toEqual({ low: 0, high: 1 });
    const histogram = new Float64Array(256);
    for (let value = 0; value < 100; value++) histogram[value] = 10;
    expect(percentileWindow(histogram)).toEqual({ low: 0, high: 98 });
  });

  it("always has a width", () => {
    expect(percentileWindow(new Float64Array(256))).toEqual({ low: 0, high: 255 });
    const one = new Float64Array(256);
    one[7] = 5;
    expect(percentileWindow(one)).toEqual({ low: 7, high: 8 });
  });
});

describe("renderThumbnail", () => {
  it("shows one channel, windowed, 96 pixels on its longest side", async () => {
    const data = new Uint8Array(256 * 128 * 3);
    for (let index = 0; index < 256 * 128; index++) data[index * 3 + 1] = index < 128 * 128 ? 20 : 60;
    const bytes = await renderThumbnail({ rows: 256, columns: 128, channels: 3, data }, 1, {
      low: 20,
      high: 60,
    });
    const { data: grey, info } = await sharp(bytes)
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.format, info.height, info.width]).toEqual(["raw", 96, 48]);
    expect((await sharp(bytes).metadata()).format).toBe("webp");
    expect(grey[10 * 48 + 24]).toBeLessThan(8);
    expect(grey[85 * 48 + 24]).toBeGreaterThan(247);
  });
});

describe("pixelHash", () => {
  const image = {
    rows: 2,
    columns: 3,
    channels: 1 as const,
    bits: 8 as const,
    data: Uint8Array.from([1, 2, 3, 4, 5, 6]),
  };

  it("depends on pixels, geometry and depth", () => {
    const hashes = [
      image,
      { ...image, rows: 3, columns: 2 },
      { ...image, data: Uint8Array.from([1, 2, 3, 4, 5, 7]) },
      { ...image, columns: 1, channels: 3 as const },
      { ...image, columns: 1, rows: 3, bits: 16 as const, data: Uint16Array.from([0x0201, 0x0403, 0x0605]) },
    ].map(pixelHash);
    expect(new Set(hashes).size).toBe(5);
    expect(pixelHash({ ...image, data: Uint8Array.from(image.data) })).toBe(hashes[0]);
  });

  it("does not change between versions", () => {
    expect(pixelHash(image)).toMatchInlineSnapshot(
      `"ac335e8ed9af9097f46bb4268fa8149227cb80051a7fd8854c2ca8099702e6f6"`,
    );
  });
});
