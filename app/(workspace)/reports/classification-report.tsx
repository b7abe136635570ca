import { FigureValue } from "@/app/_ui/charts/figure-value";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";

/** Precision, recall and F1 of each class, with their intervals and the slices they count. */
export function ClassificationReport({ metrics }: { metrics: MetricsReport }) {
  const classes = [
    {
      name: "Tumor",
      figures: [metrics.precision, metrics.sensitivity, metrics.f1],
      support: metrics.classification.tumor.support,
    },
    {
      name: "No tumor",
      figures: [metrics.negativePredictiveValue, metrics.specificity, metrics.f1NoTumor],
      support: metrics.classification.noTumor.support,
    },
  ];
  return (
    <table className="w-full border-collapse text-left text-base tabular-nums">
      <caption className="pb-1 text-left">
        <span className="block text-base font-semibold text-text">Classification report</span>
        <span className="block text-sm text-muted">
          Each class at the operating threshold, 95 % intervals.
        </span>
      </caption>
      <thead className="text-sm text-muted">
        <tr>
          {["Class", "Precision", "Recall", "F1"].map((name) => (
            <th key={name} scope="col" className="py-1 pr-3 font-medium">
              {name}
            </th>
          ))}
          <th scope="col" className="py-1 text-right font-medium">
            Slices
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map(({ name, figures: [precision, recall, f1], support }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1.5 pr-3 font-medium whitespace-nowrap">
              {name}
            </th>
            <td className="py-1.5 pr-3">
              <FigureValue figure={precision!} stacked />
            </td>
            <td className="py-1.5 pr-3">
              <FigureValue figure={recall!} stacked />
            </td>
            <td className="py-1.5 pr-3">
              <FigureValue figure={f1!} stacked />
            </td>
            <td className="py-1.5 text-right">{support.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
