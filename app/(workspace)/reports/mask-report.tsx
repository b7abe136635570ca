import { FigureValue } from "@/app/_ui/charts/figure-value";
import { countedInWords, peopleWord } from "@/app/_ui/charts/in-words";
import type { Cohort } from "@/lib/platform/generated/enums";
import type { MaskFigures } from "@/lib/science/metrics/dice";

/** How well the proposed masks overlap the labelled ones. */
export function MaskReport({ masks, cohort }: { masks: MaskFigures; cohort: Cohort }) {
  const rows = [
    { name: "Dice, all pixels together", figure: masks.pooled, digits: 3 },
    { name: `Dice of a ${peopleWord(cohort, 1)}'s volume, mean`, figure: masks.patientMean, digits: 3 },
    { name: "Dice of a slice with tumor, mean", figure: masks.tumorSliceMean, digits: 3 },
    {
      name: "False-positive pixels on a slice without tumor, mean",
      figure: masks.emptySliceFalsePositivePixels,
      digits: 1,
    },
  ];
  return (
    <table className="w-full border-collapse text-left text-base tabular-nums">
      <caption className="pb-1 text-left">
        <span className="block text-base font-semibold text-text">Proposed masks</span>
        <span className="block text-sm text-muted">
          Against labelled masks, 95 % intervals; {countedInWords({ ...masks, cohort })},{" "}
          {masks.tumorSlices.toLocaleString("en")} with tumor.
        </span>
      </caption>
      <tbody>
        {rows.map(({ name, figure, digits }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1.5 pr-3 font-medium">
              {name}
            </th>
            <td className="py-1.5 text-right">
              <FigureValue figure={figure} digits={digits} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
