import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import type { Grid } from "@/lib/science/imaging/mask-editing/grid";
import { type MadeEntry, makeZip } from "./make-zip";

/** One slice of a made study. */
export interface SmallSlice extends Grid {
  position: number;
  /** `[rows, columns, 3]`. */
  image: Uint8Array;
  /** `[rows, columns]`, 0 or 1. */
  /** 1 inside, 0 outside; null for an image without a mask, which has no label. */
  mask: Uint8Array | null;
}

/**
 * A picture to draw on: a bright ellipse on a dark ground in each channel, each channel's at another place and of
 * another brightness, with noise of at most 6 grey values. No two `seed`s give the same pixels.
 */
export function smallImage({ rows, columns }: Grid, seed: number): Uint8Array {
  const image = new Uint8Array(rows * columns * 3);
  for (let at = 0; at < image.length; at++) {
    const channel = at % 3;
    const column = Math.floor(at / 3) % columns;
    const row = Math.floor(at / 3 / columns);
    const across = (column + 0.5) / columns - 0.35 - 0.15 * channel;
    const down = (row + 0.5) / rows - 0.4 - 0.1 * channel;
    const inside = (across / 0.32) ** 2 + (down / 0.36) ** 2 < 1;
    image[at] = (inside ? 120 + 40 * channel : 20 + 8 * channel) + (hash(at + seed * 7_919) % 7);
  }
  return image;
}

/** A frame around the middle of the image, two pixels thick, with a hole. */
export function frameMask({ rows, columns }: Grid): Uint8Array {
  const [top, bottom] = [Math.floor(rows / 3), Math.floor((2 * rows) / 3)];
  const [left, right] = [Math.floor(columns / 3), Math.floor((2 * columns) / 3)];
  const within = (at: number, inset: number) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return row >= top + inset && row <= bottom - inset && column >= left + inset && column <= right - inset;
  };
  return Uint8Array.from({ length: rows * columns }, (_, at) => (within(at, 0) && !within(at, 2) ? 1 : 0));
}

/** A study in the LGG set's layout as a zip's bytes; `study` is `PROJECT_SITE_PATIENT_YYYYMMDD`. */
export function studyArchive(study: string, slices: readonly SmallSlice[]): Buffer {
  const entries = slices.flatMap(({ position, rows, columns, image, mask }): MadeEntry[] => {
    const file = `${study}/${study}_${position}`;
    const entry = { name: `${file}.tif`, bytes: encodeTiff(image, rows, columns, 3) };
    if (!mask) return [entry];
    const white = mask.map((value) => value * 255);
    return [entry, { name: `${file}_mask.tif`, bytes: encodeTiff(white, rows, columns, 1) }];
  });
  return makeZip(entries);
}

function hash(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
