import sharp from "sharp";
import type { DisplayWindow } from "./window";

/** Longest side of a thumbnail, in pixels. */
export const THUMBNAIL_SIZE = 96;

/** What `renderThumbnail` makes. */
export const THUMBNAIL_TYPE = "image/webp";

/**
 * A grey WebP thumbnail of one 8-bit image, at most 96 pixels on its longest side, aspect kept.
 *
 * `data` is `[rows, columns, channels]`; `channel` is the one shown (in the LGG images 1, FLAIR). Values at or below
 * `window.low` are black, at or above `window.high` white.
 */
export async function renderThumbnail(
  { rows, columns, channels, data }: { rows: number; columns: number; channels: number; data: Uint8Array },
  channel: number,
  window: DisplayWindow,
): Promise<Buffer> {
  const grey = new Uint8Array(rows * columns);
  const scale = 255 / (window.high - window.low);
  for (let index = 0; index < grey.length; index++) {
    const value = (data[index * channels + channel]! - window.low) * scale;
    grey[index] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return sharp(grey, { raw: { width: columns, height: rows, channels: 1 } })
    .resize(THUMBNAIL_SIZE, THUMBNAIL_SIZE, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}
