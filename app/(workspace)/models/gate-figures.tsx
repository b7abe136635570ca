import { FigureValue } from "@/app/_ui/charts/figure-value";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import { sayFigure } from "@/lib/words/gate";
import { GateOutcome } from "./gate-outcome";

const names = { auc: "ROC AUC", sensitivity: "Sensitivity" };

/** The gate's figures, each with the interval that it was judged by, and its verdict in words. */
export function GateFigures({ verdict }: { verdict: GateVerdict }) {
  const compared = verdict.figures.filter(({ difference }) => difference !== null);
  return (
    <>
      {compared.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full border-collapse text-left tabular-nums">
            <caption className="sr-only">
              The gate's figures on {verdict.patients} patients that neither model has seen
            </caption>
            <thead className="text-sm text-muted">
              <tr>
                {["Figure", "This model", "Production", "Difference", "Margin", "Gate"].map((name) => (
                  <th key={name} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {compared.map(({ name, candidate, production, difference, outcome }) => (
                <tr key={name} className="border-t border-line align-baseline">
                  <th scope="row" className="py-1 pr-3 font-medium">
                    {names[name]}
                  </th>
                  {[candidate, production, difference].map((figure, index) => (
                    <td key={index === 2 ? "difference" : `side ${index}`} className="py-1 pr-3">
                      {figure && <FigureValue figure={figure} digits={index === 2 ? 4 : 3} stacked />}
                    </td>
                  ))}
                  <td className="py-1 pr-3 whitespace-nowrap">
                    above {String(verdict.margin).replace("-", "−")}
                  </td>
                  <td className="py-1">
                    <GateOutcome outcome={outcome} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul className="mt-2 list-disc space-y-1 pl-4">
        {verdict.figures.map(({ name, says }) => (
          <li key={name}>{sayFigure(says)}</li>
        ))}
      </ul>
    </>
  );
}
