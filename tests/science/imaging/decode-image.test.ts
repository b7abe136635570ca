import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage, decodeMask, recognizeFormat } from "@/lib/science/imaging/decode-image";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import type { ImageError } from "@/lib/science/imaging/image-problem";

const ramp8 = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 37) % 256);
const ramp16 = (length: number) => Uint16Array.from({ length }, (_, index) => (index * 4001 + 1) % 65536);
const raw = (data: Uint8Array | Uint16Array, channels: 1 | 2 | 3 | 4) =>
  sharp(data, { raw: { width: 5, height: 4, channels } });

describe("decodeImage", () => {
  it.each([1, 3] as const)("keeps 8-bit pixels of %i channels exactly", async (channels) => {
    const data = ramp8(20 * channels);
    const space = channels === 1 ? "b-w" : "srgb";
    for (const bytes of [
      encodeTiff(data, 4, 5, channels),
      await raw(data, channels).toColourspace(space).tiff({ compression: "lzw" }).toBuffer(),
      await raw(data, channels).toColourspace(space).png().toBuffer(),
    ]) {
      expect(await decodeImage(bytes)).toEqual({ rows: 4, columns: 5, channels, bits: 8, data });
    }
  });

  it.each([1, 3] as const)("keeps 16-bit pixels of %i channels exactly", async (channels) => {
    const data = ramp16(20 * channels);
    const space = channels === 1 ? "grey16" : "rgb16";
    for (const format of ["png", "tiff"] as const) {
      const pipeline = raw(data, channels).toColourspace(space);
      const bytes = await (format === "png"
        ? pipeline.png()
        : pipeline.tiff({ compression: "deflate" })
      ).toBuffer();
      expect(await decodeImage(bytes)).toEqual({ rows: 4, columns: 5, channels, bits: 16, data });
    }
  });

  it("drops transparency without touching what is under it", async () => {
    const data = Uint8Array.from({ length: 80 }, (_, index) => (index % 4 === 3 ? 0 : 100 + (index % 7)));
    const decoded = await decodeImage(await raw(data, 4).png().toBuffer());
    expect(decoded.channels).toBe(3);
    expect([...decoded.data]).toEqual([...data].filter((_, index) => index % 4 !== 3));
  });

  it("ignores color profiles, since values are measurements", async () => {
    const data = ramp8(60);
    const bytes = await raw(data, 3).withIccProfile("p3").png().toBuffer();
    expect((await sharp(bytes).metadata()).icc).toBeDefined();
    const stored = await sharp(bytes, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
    const converted = await sharp(bytes).removeAlpha().raw().toBuffer();
    expect(converted.equals(stored)).toBe(false);
    expect((await decodeImage(bytes)).data).toEqual(new Uint8Array(stored));
  });

  it("reads CMYK and JPEG as RGB", async () => {
    const cmyk = await raw(ramp8(60), 3).toColourspace("cmyk").tiff().toBuffer();
    expect(await decodeImage(cmyk)).toMatchObject({ rows: 4, columns: 5, channels: 3, bits: 8 });
    const jpeg = await raw(new Uint8Array(60).fill(90), 3).jpeg().toBuffer();
    const { data } = await decodeImage(jpeg);
    for (const value of data) expect(Math.abs(value - 90)).toBeLessThanOrEqual(2);
  });

  it("goes by the first bytes and names what it does not read", () => {
    const dicom = new Uint8Array(140);
    dicom.set([0x44, 0x49, 0x43, 0x4d], 128);
    const problemOf = (bytes: Uint8Array) => {
      try {
        return recognizeFormat(bytes);
      } catch (error) {
        return (error as ImageError).said;
      }
    };
    expect(problemOf(dicom)).toEqual({ code: "other-format", format: "dicom" });
    expect(problemOf(new TextEncoder().encode("GIF89a"))).toEqual({ code: "other-format", format: "gif" });
    expect(problemOf(new TextEncoder().encode("<svg/>"))).toEqual({ code: "no-image-format" });
    expect(problemOf(new Uint8Array())).toEqual({ code: "image-empty" });
    expect(recognizeFormat(encodeTiff(ramp8(20), 4, 5, 1))).toBe("tiff");
  });

  it("refuses damaged, cut, several-paged and floating-point images", async () => {
    const png = await sharp(ramp8(256 * 256), { raw: { width: 256, height: 256, channels: 1 } })
      .png()
      .toBuffer();
    const tiff = encodeTiff(ramp8(65536), 256, 256, 1);
    const damaged = { said: { code: "image-damaged", cause: expect.any(String) } };
    await expect(decodeImage(png.subarray(0, png.length / 2))).rejects.toMatchObject(damaged);
    await expect(decodeImage(tiff.subarray(0, tiff.length / 2))).rejects.toMatchObject(damaged);
    await expect(decodeImage(tiff.subarray(0, 20))).rejects.toMatchObject({ name: "ImageError" });
    const noisy = Buffer.from(png);
    noisy.fill(0xaa, png.length / 2, png.length / 2 + 40);
    await expect(decodeImage(noisy)).rejects.toMatchObject(damaged);

    const float = await sharp(new Float32Array(20), { raw: { width: 5, height: 4, channels: 1 } })
      .toColourspace("scrgb")
      .tiff({ compression: "none" })
      .toBuffer();
    await expect(decodeImage(float)).rejects.toMatchObject({
      said: { code: "pixel-depth", depth: "float" },
    });
  });

  it("refuses several pages and absurd sizes", async () => {
    const pages = twoPages(ramp8(20), 4, 5);
    await expect(decodeImage(pages)).rejects.toMatchObject({ said: { code: "several-pages", pages: 2 } });
    const huge = encodeTiff(ramp8(20), 4, 5, 1);
    const view = new DataView(huge.buffer);
    for (let field = 0; field < 10; field++) {
      const at = 10 + field * 12;
      if ([256, 257].includes(view.getUint16(at, true))) view.setUint32(at + 8, 30_000, true);
    }
    await expect(decodeImage(huge)).rejects.toMatchObject({ name: "ImageError" });
  });
});

describe("decodeMask", () => {
  const mask = Uint8Array.from([0, 1, 0, 0, 255, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const tumor = Uint8Array.from(mask, (value) => (value > 0 ? 1 : 0));

  it("takes any value above 0 as tumor, in grey, in one color alone, and in 16 bits", async () => {
    expect((await decodeMask(encodeTiff(mask, 4, 5, 1))).data).toEqual(tumor);
    const blue = Uint8Array.from({ length: 60 }, (_, index) =>
      index % 3 === 2 ? mask[Math.floor(index / 3)]! : 0,
    );
    expect((await decodeMask(encodeTiff(blue, 4, 5, 3))).data).toEqual(tumor);
    const wide = await raw(Uint16Array.from(mask), 1).toColourspace("grey16").png().toBuffer();
    expect((await decodeMask(wide)).data).toEqual(tumor);
  });

  it("takes the upper half of a JPEG's range", async () => {
    const half = new Uint8Array(32 * 32).map((_, index) => (index % 32 < 16 ? 0 : 255));
    const jpeg = await sharp(half, { raw: { width: 32, height: 32, channels: 1 } })
      .jpeg({ quality: 60 })
      .toBuffer();
    expect((await decodeMask(jpeg)).data).toEqual(half.map((value) => value & 1));
  });
});

/** The same grey image twice in one TIFF: a second directory that points to the first one's pixels. */
function twoPages(data: Uint8Array, rows: number, columns: number) {
  const one = encodeTiff(data, rows, columns, 1);
  const directory = one.slice(8, 8 + 2 + 10 * 12 + 4);
  const even = one.length + (one.length % 2);
  const two = new Uint8Array(even + directory.length);
  two.set(one);
  two.set(directory, even);
  new DataView(two.buffer).setUint32(8 + 2 + 10 * 12, even, true);
  return two;
}
