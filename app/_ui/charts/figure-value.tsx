import type { Figure } from "@/lib/science/metrics/figure";

/** A number as it is written, with a minus sign: 3 digits, -0.0012 -> "−0.001". */
export const decimal = (value: number, digits = 3) => value.toFixed(digits).replace("-", "−");

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
      <span className="font-semibold text-text">{decimal(value, digits)}</span>{" "}
      <span className={`text-sm text-muted ${stacked ? "block" : ""}`}>
        {low === null || high === null
          ? "no interval"
          : `${decimal(low, digits)} to ${decimal(high, digits)}`}
      </span>
    </span>
  );
}
