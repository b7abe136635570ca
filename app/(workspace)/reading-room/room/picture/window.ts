/** Grey values shown from black to white. */
export interface GreyRange {
  lower: number;
  upper: number;
}

/**
 * A window relative to a series' default, so that views of different sequences stay linked: MR grey values have no
 * common scale. `width` multiplies the default width; `shift` moves the centre, in default widths.
 */
export interface RelativeWindow {
  width: number;
  shift: number;
}

export const defaultWindow: RelativeWindow = { width: 1, shift: 0 };

/** Keys 1 to 5. `short` stands on a button where there is room. */
export const windowPresets: readonly { name: string; short: string; window: RelativeWindow }[] = [
  { name: "Default window", short: "default", window: defaultWindow },
  { name: "Narrow window (more contrast)", short: "narrow", window: { width: 0.6, shift: 0 } },
  { name: "Wide window (less contrast)", short: "wide", window: { width: 1.6, shift: 0 } },
  { name: "Lower level (brighter)", short: "brighter", window: { width: 1, shift: -0.25 } },
  { name: "Higher level (darker)", short: "darker", window: { width: 1, shift: 0.25 } },
];

/** The study's percentiles of a channel, or all 8-bit values where they are missing or hold no range. */
export function defaultRange(low: number | undefined, high: number | undefined): GreyRange {
  if (low === undefined || high === undefined || !(high > low)) return { lower: 0, upper: 255 };
  return { lower: low, upper: high };
}

export function applyWindow(base: GreyRange, window: RelativeWindow): GreyRange {
  const baseWidth = base.upper - base.lower;
  const centre = (base.lower + base.upper) / 2 + window.shift * baseWidth;
  const width = baseWidth * window.width;
  return { lower: centre - width / 2, upper: centre + width / 2 };
}

/** The inverse of `applyWindow`. */
export function relativeWindow(base: GreyRange, range: GreyRange): RelativeWindow {
  const baseWidth = base.upper - base.lower;
  return {
    width: (range.upper - range.lower) / baseWidth,
    shift: ((range.lower + range.upper) / 2 - (base.lower + base.upper) / 2) / baseWidth,
  };
}

/** As radiologists read it: `W 212 L 118`. */
export function windowText(range: GreyRange): string {
  return `W ${Math.round(range.upper - range.lower)} L ${Math.round((range.lower + range.upper) / 2)}`;
}
