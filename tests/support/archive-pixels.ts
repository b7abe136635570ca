import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import yauzl from "yauzl";

/** The named TIFFs of a zip archive as RGB bytes, one after the other in the order of `names`. */
export async function archivePixels(archive: string, names: readonly string[]): Promise<Uint8Array> {
  const found = new Map<string, Buffer>();
  const zip = await yauzl.openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!names.includes(entry.fileName)) continue;
      const bytes = await buffer(await zip.openReadStreamPromise(entry));
      found.set(entry.fileName, await sharp(bytes).removeAlpha().raw().toBuffer());
    }
  } finally {
    zip.close();
  }
  return Buffer.concat(
    names.map((name) => {
      const pixels = found.get(name);
      if (!pixels) throw new Error(`${name} is not in ${archive}`);
      return pixels;
    }),
  );
}
