/** At most `maxPoints` (2 or more) of a curve's points, evenly picked; the first and the last stay. */
export function thinCurve<Point>(points: Point[], maxPoints: number): Point[] {
  if (points.length <= maxPoints) return points;
  const step = (points.length - 1) / (maxPoints - 1);
  return Array.from({ length: maxPoints }, (_, index) => points[Math.round(index * step)]!);
}
