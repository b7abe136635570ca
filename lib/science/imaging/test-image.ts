import { IMAGE_SIZE } from "../network/network-node";

/**
 * A made-up slice `[256, 256, 3]`, bytes RGB: a textured ellipse on black with a disc that is bright on FLAIR (green),
 * centred at row 110, column 150, radius 22. Whole-number arithmetic only, so that it is the same on every machine.
 */
export function testImage(): Uint8Array {
  const pixels = new Uint8Array(IMAGE_SIZE * IMAGE_SIZE * 3);
  for (let row = 0; row < IMAGE_SIZE; row++) {
    for (let column = 0; column < IMAGE_SIZE; column++) {
      const [down, across] = [row - 128, column - 128];
      if (down * down * 64 + across * across * 100 > 640000) continue;
      const isLesion = (row - 110) ** 2 + (column - 150) ** 2 <= 22 * 22;
      const texture = (row * row + 3 * column * column + row * column) % 17;
      const pixel = (row * IMAGE_SIZE + column) * 3;
      pixels[pixel] = (isLesion ? 60 : 85) + texture;
      pixels[pixel + 1] = (isLesion ? 190 : 75) + texture;
      pixels[pixel + 2] = (isLesion ? 95 : 80) + texture;
    }
  }
  return pixels;
}
