/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];

/**
 * For tumor, weak to strong: dark red over orange to pale yellow. Lightness rises all the way (as in matplotlib's
 * "inferno"), so the order survives without colour, on a grey print and to colour-blind eyes.
 */
const warm: readonly Colour[] = [
  [92, 16, 24],
  [190, 48, 20],
  [246, 130, 28],
  [255, 226, 140],
];

/** Against tumor: blue, and darker than the warm side, so that in grey it dims where that side lights up. */
const cool: readonly Colour[] = [
  [12, 24, 72],
  [20, 48, 130],
  [32, 76, 178],
  [52, 104, 214],
];

/**
 * Colour and opacity of a cell's share of the strongest one, -1 (against tumor) to 1 (for tumor): `[r, g, b, a]`, 0 to
 * 255. What is weak is almost clear, so that the picture stays readable where the network found nothing.
 */
export function heatColour(share: number): [number, number, number, number] {
  const strength = Math.min(1, Math.abs(share));
  const [red, green, blue] = between(share > 0 ? warm : cool, strength);
  return [red, green, blue, Math.round(255 * strength ** 0.75)];
}

/** Pixels, `[length, 4]`, of values in units of which `peak` gets full colour; all clear where `peak` is 0. */
export function paintHeatmap(values: Float32Array, peak: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  if (peak > 0)
    for (const [pixel, value] of values.entries()) pixels.set(heatColour(value / peak), 4 * pixel);
  return pixels;
}

/** The scale as CSS, from -1 at the left to 1 at the right. */
export const scaleGradient = (() => {
  const stops = Array.from({ length: 17 }, (_, stop) => {
    const share = stop / 8 - 1;
    const [red, green, blue, alpha] = heatColour(share);
    return `rgb(${red} ${green} ${blue} / ${(alpha / 255).toFixed(3)}) ${((share + 1) * 50).toFixed(2)}%`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
})();

function between(stops: readonly Colour[], share: number): Colour {
  const position = share * (stops.length - 1);
  const first = Math.min(Math.floor(position), stops.length - 2);
  const mix = (channel: 0 | 1 | 2) => {
    const [from, to] = [stops[first]![channel], stops[first + 1]![channel]];
    return Math.round(from + (to - from) * (position - first));
  };
  return [mix(0), mix(1), mix(2)];
}
