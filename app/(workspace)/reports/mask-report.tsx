import { countedInWords, figureInWords } from "@/app/_ui/charts/in-words";
import type { MaskFigures } from "@/lib/science/metrics/dice";

/** How well the proposed masks overlap the labelled ones. */
export function MaskReport({ masks }: { masks: MaskFigures }) {
  const rows = [
    ["Dice, all pixels together", figureInWords(masks.pooled)],
    ["Dice of a patient's volume, mean", figureInWords(masks.patientMean)],
    ["Dice of a slice with tumor, mean", figureInWords(masks.tumorSliceMean)],
    [
      "False-positive pixels on a slice without tumor, mean",
      figureInWords(masks.emptySliceFalsePositivePixels, 1),
    ],
  ] as const;
  return (
    <table className="w-full border-collapse text-left text-base tabular-nums">
      <caption className="pb-1 text-left">
        <span className="block text-base font-semibold text-text">Proposed masks</span>
        <span className="block text-sm text-muted">
          Against labelled masks, 95 % intervals; {countedInWords(masks)},{" "}
          {masks.tumorSlices.toLocaleString("en")} with tumor.
        </span>
      </caption>
      <tbody>
        {rows.map(([name, figure]) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1.5 pr-3 font-medium">
              {name}
            </th>
            <td className="py-1.5 text-right whitespace-nowrap">{figure}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
