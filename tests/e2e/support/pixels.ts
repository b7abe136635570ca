import type { Locator } from "@playwright/test";
import sharp from "sharp";

export interface Brightness {
  /** Share of pixels that are not black. */
  lit: number;
  /** Grey value, 0 to 255, that the brightest hundredth of the pixels reaches. */
  bright: number;
  /** Mean grey value of the middle third in both directions. */
  middle: number;
  pixels: Buffer;
}

/** How bright what the browser really drew of an element is. */
export async function brightnessOf(element: Locator): Promise<Brightness> {
  const image = sharp(await element.screenshot()).greyscale();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const sorted = Buffer.from(data).sort();
  let sum = 0;
  let count = 0;
  for (let row = Math.floor(info.height / 3); row < (2 * info.height) / 3; row++) {
    for (let column = Math.floor(info.width / 3); column < (2 * info.width) / 3; column++) {
      sum += data[row * info.width + column]!;
      count++;
    }
  }
  return {
    lit: data.filter((value) => value > 12).length / data.length,
    bright: sorted[Math.floor(sorted.length * 0.99)]!,
    middle: sum / count,
    pixels: data,
  };
}
