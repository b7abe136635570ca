import type { Confusion } from "@/lib/science/metrics/confusion";
import { type Counted, countedInWords } from "./in-words";

/** Slices by label (rows) and predicted class (columns) at the operating threshold. A table, shaded by share of its row. */
export function ConfusionMatrix({
  confusion,
  threshold,
  counted,
}: {
  confusion: Confusion;
  threshold: number;
  counted: Counted;
}) {
  const { tp, fp, tn, fn } = confusion;
  return (
    <table className="w-full border-separate border-spacing-1 text-left tabular-nums">
      <caption className="pb-1 text-left">
        <span className="block text-base font-semibold text-text">Confusion matrix</span>
        <span className="block text-sm text-muted">
          Slices at threshold {threshold.toFixed(2)}; {countedInWords(counted)}.
        </span>
      </caption>
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="font-normal">
            <span className="sr-only">Label</span>
          </th>
          <th scope="col" className="px-2 font-medium">
            Model: tumor
          </th>
          <th scope="col" className="px-2 font-medium">
            Model: no tumor
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row" className="w-24 text-sm font-medium text-muted">
            Label: tumor
          </th>
          <Cell count={tp} of={tp + fn} name="true positive" right />
          <Cell count={fn} of={tp + fn} name="missed tumor" />
        </tr>
        <tr>
          <th scope="row" className="text-sm font-medium text-muted">
            Label: no tumor
          </th>
          <Cell count={fp} of={tn + fp} name="false alarm" />
          <Cell count={tn} of={tn + fp} name="true negative" right />
        </tr>
      </tbody>
    </table>
  );
}

function Cell({
  count,
  of,
  name,
  right = false,
}: {
  count: number;
  of: number;
  name: string;
  right?: boolean;
}) {
  const share = of > 0 ? count / of : 0;
  const tint = right ? "var(--color-ok)" : "var(--color-flag)";
  return (
    <td
      className="rounded border border-line px-3 py-2.5"
      style={{ backgroundColor: `color-mix(in srgb, ${tint} ${Math.round(share * 32)}%, transparent)` }}
    >
      <span className="block text-xl leading-6 font-semibold text-text">
        {count.toLocaleString("en")}{" "}
        <span className="text-sm font-normal text-text/80">of {of.toLocaleString("en")}</span>
      </span>
      <span className="block text-sm text-text/80">
        <span aria-hidden="true">{right ? "✓ " : "✕ "}</span>
        {name}
      </span>
    </td>
  );
}
