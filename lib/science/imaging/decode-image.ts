import sharp from "sharp";
import { ImageError, type OtherFormat } from "./image-problem";
import { MAX_PIXELS } from "./max-pixels";
import { readPlainTiff } from "./read-plain-tiff";

/** Pixels as they were stored, row by row, channels interleaved: `[rows, columns, channels]`. */
export interface DecodedImage {
  rows: number;
  columns: number;
  /** 1 (grey) or 3 (red, green, blue). */
  channels: 1 | 3;
  bits: 8 | 16;
  data: Uint8Array | Uint16Array;
}

/** A tumor mask, `[rows, columns]`, row by row, a byte per pixel: 0 background, 1 tumor. */
export interface DecodedMask {
  rows: number;
  columns: number;
  data: Uint8Array;
}

export type ImageFormat = "tiff" | "png" | "jpeg";

/**
 * Decodes a TIFF, PNG or JPEG, recognised by its first bytes and never by its name.
 *
 * 8- and 16-bit grey and colour values come back exactly as stored: embedded color profiles and orientation
 * tags are ignored, because the numbers are measurements and not colors. Transparency is dropped; CMYK becomes RGB;
 * palettes are looked up; 1-, 2- and 4-bit images are spread over 0 to 255.
 *
 * Throws `ImageError` for other formats, several pages, floating-point or wider pixels, more than 16 megapixels,
 * and bytes that are truncated or damaged.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const plain = recognizeFormat(bytes) === "tiff" ? readPlainTiff(bytes) : null;
  if (plain && plain.rows * plain.columns <= MAX_PIXELS) return plain;
  const metadata = await readable(open(bytes).metadata());
  const pages = metadata.pages ?? 1;
  if (pages > 1) throw new ImageError({ code: "several-pages", pages });
  const bits = bitsOf(metadata.depth);
  const channels = metadata.channels <= 2 ? 1 : 3;

  const wide = bits === 16;
  const colourspace = channels === 1 ? (wide ? "grey16" : "b-w") : wide ? "rgb16" : "srgb";
  const pipeline = open(bytes).removeAlpha().toColourspace(colourspace);
  // Without this, sharp would work in 8 bits and stretch the result back to 16.
  if (wide) pipeline.pipelineColourspace(colourspace);
  const { data, info } = await readable(
    pipeline.raw({ depth: wide ? "ushort" : "uchar" }).toBuffer({ resolveWithObject: true }),
  );
  if (info.channels !== channels) {
    throw new ImageError({ code: "channels", channels: info.channels });
  }

  return {
    rows: info.height,
    columns: info.width,
    channels,
    bits,
    data: wide ? toUint16(data) : new Uint8Array(data),
  };
}

/**
 * Decodes a mask: any value above 0, in any channel, is tumor. A JPEG blurs the border between 0 and full,
 * so there only the upper half of the range is tumor.
 *
 * Throws `ImageError` as `decodeImage` does.
 */
export async function decodeMask(bytes: Uint8Array): Promise<DecodedMask> {
  const { rows, columns, channels, bits, data } = await decodeImage(bytes);
  const threshold = recognizeFormat(bytes) === "jpeg" ? 2 ** (bits - 1) : 1;
  const mask = new Uint8Array(rows * columns);
  for (let index = 0; index < data.length; index++) {
    if (data[index]! >= threshold) mask[channels === 1 ? index : Math.floor(index / 3)] = 1;
  }
  return { rows, columns, data: mask };
}

/** The format that the first bytes announce. Throws `ImageError`, naming the format where it is a known other one. */
export function recognizeFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new ImageError({ code: "image-empty" });
  const found = signatures.find(({ offset = 0, bytes: expected }) =>
    expected.every((value, index) => bytes[offset + index] === value),
  );
  if (!found) throw new ImageError({ code: "no-image-format" });
  if ("other" in found) throw new ImageError({ code: "other-format", format: found.other });
  return found.format;
}

type Signature = ({ format: ImageFormat } | { other: OtherFormat }) & {
  offset?: number;
  bytes: readonly number[];
};

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

const signatures: readonly Signature[] = [
  { format: "tiff", bytes: [0x49, 0x49, 0x2a, 0x00] },
  { format: "tiff", bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { format: "tiff", bytes: [0x49, 0x49, 0x2b, 0x00] },
  { format: "tiff", bytes: [0x4d, 0x4d, 0x00, 0x2b] },
  { format: "png", bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { format: "jpeg", bytes: [0xff, 0xd8, 0xff] },
  { other: "dicom", offset: 128, bytes: ascii("DICM") },
  { other: "nifti", offset: 344, bytes: ascii("n+1") },
  { other: "gif", bytes: ascii("GIF8") },
  { other: "webp", offset: 8, bytes: ascii("WEBP") },
  { other: "bmp", bytes: ascii("BM") },
  { other: "pdf", bytes: ascii("%PDF") },
  { other: "zip", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { other: "gzip", bytes: [0x1f, 0x8b] },
];

function open(bytes: Uint8Array) {
  return sharp(bytes, { failOn: "warning", limitInputPixels: MAX_PIXELS, ignoreIcc: true });
}

function bitsOf(depth: string | undefined): 8 | 16 {
  if (depth === "uchar") return 8;
  if (depth === "ushort") return 16;
  throw new ImageError({ code: "pixel-depth", depth: depth ?? null });
}

/** A decoder's complaint as ours; its own text stays with it for debugging. */
async function readable<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    const cause = (error instanceof Error ? error.message : String(error)).split("\n")[0]!.trim();
    if (/pixel limit/i.test(cause)) throw new ImageError({ code: "too-many-pixels" });
    throw new ImageError({ code: "image-damaged", cause });
  }
}

function toUint16(data: Buffer): Uint16Array {
  const copy = new Uint8Array(data); // a fresh buffer starts aligned; a pooled one may not
  return new Uint16Array(copy.buffer);
}
