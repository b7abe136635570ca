/** A measurement as Cornerstone gives it; what it could not work out is missing. */
export interface Measured {
  length?: number | null;
  unit?: string | null;
  area?: number | null;
  areaUnit?: string | null;
  /** Grey values; a list, one a channel, on the composite. */
  mean?: unknown;
  stdDev?: unknown;
}

/** `12.3 mm`, or `12.3 px` where the spacing is unknown. Empty before it is known. */
export function lengthText({ length, unit }: Measured): string[] {
  return typeof length === "number" && unit ? [`${length.toFixed(1)} ${unit}`] : [];
}

/** Area, then mean and standard deviation of the grey values inside; a colour picture has no grey values. */
export function areaText({ area, areaUnit, mean, stdDev }: Measured): string[] {
  if (typeof area !== "number" || !areaUnit) return ["outside the image"];
  const lines = [`${area.toFixed(area < 100 ? 1 : 0)} ${areaUnit}`];
  if (typeof mean === "number" && typeof stdDev === "number") {
    lines.push(`mean ${mean.toFixed(1)}  SD ${stdDev.toFixed(1)}`);
  }
  return lines;
}
