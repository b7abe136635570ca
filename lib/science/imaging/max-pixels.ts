/**
 * Most pixels of an image or a mask (16 megapixels, 4096 x 4096): far beyond any slice, far below what would exhaust
 * memory.
 */
export const MAX_PIXELS = 16 * 2 ** 20;
