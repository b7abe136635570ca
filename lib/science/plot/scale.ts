/** Maps values to pixels. `from` is the domain, `to` the pixel range; a range may run downwards. */
export function linearScale([from0, from1]: [number, number], [to0, to1]: [number, number]) {
  const span = from1 - from0 || 1;
  return (value: number) => to0 + ((value - from0) / span) * (to1 - to0);
}

/**
 * About `count` round values (1, 2 or 5 times a power of ten apart) that lie in [low, high].
 * roundTicks(0, 1, 5) -> 0, 0.2, 0.4, 0.6, 0.8, 1.
 */
export function roundTicks(low: number, high: number, count = 5): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks: number[] = [];
  for (let index = first; index <= last; index++) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}

/** SVG path through the points, with two decimals of a pixel. */
export function linePath(points: [number, number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(2)} ${y.toFixed(2)}`).join("");
}
