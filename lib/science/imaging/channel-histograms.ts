import type { DecodedImage } from "./decode-image";

/** Of red, green and blue: how many pixels have each of the 256 values of the 8-bit scale. */
export type ChannelHistograms = readonly [Float64Array, Float64Array, Float64Array];

/** The histograms of an image, on the scale of `toRgb8`: grey counts in all three channels. Makes no copy of the pixels. */
export function channelHistograms({ channels, bits, data }: DecodedImage): ChannelHistograms {
  const found: ChannelHistograms = [new Float64Array(256), new Float64Array(256), new Float64Array(256)];
  const step = bits === 8 ? 1 : 257;
  for (let at = 0; at < data.length; at += channels) {
    for (let channel = 0; channel < 3; channel++) {
      const value = data[channels === 1 ? at : at + channel]!;
      found[channel]![Math.round(value / step)]!++;
    }
  }
  return found;
}
