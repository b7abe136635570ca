import type { Figure } from "@/lib/science/metrics/figure";

/** A figure and its 95 % interval; `stacked` puts the interval below, for narrow columns. */
export function FigureValue({
  figure,
  digits = 3,
  stacked = false,
}: {
  figure: Figure;
  digits?: number;
  stacked?: boolean;
}) {
  const { value, low, high } = figure;
  if (value === null) return <span className="text-muted">undefined</span>;
  return (
    <span className="whitespace-nowrap">
      <span className="font-semibold text-text">{value.toFixed(digits)}</span>{" "}
      <span className={`text-sm text-muted ${stacked ? "block" : ""}`}>
        {low === null || high === null ? "no interval" : `${low.toFixed(digits)} to ${high.toFixed(digits)}`}
      </span>
    </span>
  );
}
