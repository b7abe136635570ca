import sharp, { type TiffOptions } from "sharp";
import { describe, expect, it } from "vitest";
import { openArchive } from "@/lib/platform/archive";
import { readPlainTiff } from "@/lib/science/imaging/read-plain-tiff";
import { sharedFile } from "../../support/shared-data";

const pixels = (length: number) =>
  Uint8Array.from({ length }, (_, index) => (index * 37 + (index >> 3)) % 256);

function tiff(channels: 1 | 3, options: TiffOptions = {}) {
  const raw = { width: 33, height: 20, channels };
  const image = sharp(pixels(33 * 20 * channels), { raw });
  return (channels === 1 ? image.toColourspace("b-w") : image)
    .tiff({ compression: "none", ...options })
    .toBuffer();
}

describe("a plain TIFF", () => {
  it.each([1, 3] as const)("of %i channel(s) gives the pixels that were written", async (channels) => {
    expect(readPlainTiff(await tiff(channels))).toEqual({
      rows: 20,
      columns: 33,
      channels,
      bits: 8,
      data: pixels(33 * 20 * channels),
    });
  });

  it("in big-endian order is read too", () => {
    const entries = [
      [256, 2],
      [257, 1],
      [258, 8],
      [262, 1],
      [273, 8],
      [277, 1],
      [279, 2],
    ] as const;
    const bytes = Buffer.alloc(10 + 2 + entries.length * 12 + 4);
    bytes.write("MM\0*", "latin1");
    bytes.writeUInt32BE(10, 4);
    bytes.set([7, 9], 8);
    bytes.writeUInt16BE(entries.length, 10);
    for (const [index, [tag, value]] of entries.entries()) {
      const at = 12 + index * 12;
      bytes.writeUInt16BE(tag, at);
      bytes.writeUInt16BE(3, at + 2);
      bytes.writeUInt32BE(1, at + 4);
      bytes.writeUInt16BE(value, at + 8);
    }
    expect(readPlainTiff(bytes)).toEqual({
      rows: 1,
      columns: 2,
      channels: 1,
      bits: 8,
      data: Uint8Array.of(7, 9),
    });
  });

  it("that is compressed, tiled, of 1 bit, or another format is left to the decoder", async () => {
    expect(readPlainTiff(await tiff(3, { compression: "deflate" }))).toBeNull();
    expect(readPlainTiff(await tiff(3, { tile: true, tileWidth: 16, tileHeight: 16 }))).toBeNull();
    expect(readPlainTiff(await tiff(1, { bitdepth: 1 }))).toBeNull();
    expect(
      readPlainTiff(
        await sharp(await tiff(3))
          .png()
          .toBuffer(),
      ),
    ).toBeNull();
    expect(readPlainTiff(new Uint8Array())).toBeNull();
  });

  it("cut off anywhere, or with any byte of its head changed, never throws and never invents pixels", async () => {
    const whole = await tiff(1);
    for (let length = 0; length < whole.length; length += 7) {
      const cut = readPlainTiff(whole.subarray(0, length));
      expect(cut === null || cut.data.length === cut.rows * cut.columns * cut.channels).toBe(true);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0xff;
      const read = readPlainTiff(changed);
      expect(read === null || read.data.length === read.rows * read.columns * read.channels).toBe(true);
    }
  });
});

const mini = sharedFile("data/lgg-mini.zip");
describe.skipIf(!mini)("the public LGG set's files", () => {
  it("are plain TIFFs with the same pixels as sharp decodes", async () => {
    const archive = await openArchive(mini!);
    let read = 0;
    for await (const entry of archive.entries()) {
      if (!entry.path.endsWith(".tif") || read++ % 9 !== 0) continue;
      const bytes = await archive.read(entry);
      const plain = readPlainTiff(bytes);
      const { data } = await sharp(bytes)
        .toColourspace(plain?.channels === 1 ? "b-w" : "srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(Buffer.compare(Buffer.from(plain!.data), data), entry.path).toBe(0);
    }
    await archive.close();
    expect(read).toBeGreaterThan(200);
  });
});
