import { Forest } from "@/app/_ui/charts/forest";
import { countedInWords, peopleWord } from "@/app/_ui/charts/in-words";
import type { Comparison, EvaluationView, ModelView } from "@/lib/features/models/schema";
import { sayNotes } from "@/lib/words/notes";
import { figureRows } from "../../reports/figure-rows";

/**
 * A model beside production on the same patients, or alone where the two share no unseen patient. Two reports go
 * side by side only when they were scored on one snapshot.
 */
export function ComparisonPanel({ model, comparison }: { model: ModelView; comparison: Comparison }) {
  const own = comparison.candidate;
  const other = comparison.production;
  const { notes, differences } = comparison;
  return (
    <section aria-labelledby="comparison" className="min-w-0 rounded-lg border border-line bg-panel p-4">
      <h2 id="comparison" className="text-base font-semibold">
        {other
          ? `Model ${model.number} compared with model ${comparison.productionNumber}, in production`
          : `Figures of model ${model.number}`}
      </h2>
      {own ? (
        <Figures model={model} own={own} other={other} productionNumber={comparison.productionNumber} />
      ) : (
        <p className="mt-1 text-base">
          <strong className="font-semibold">No figure.</strong> The model and its ancestors have seen every
          patient.
        </p>
      )}
      {notes.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-base font-semibold">What can be claimed</h3>
          <ul className="list-disc space-y-1 pl-4 text-base">
            {sayNotes(notes).map((note) => (
              <li key={note}>{note}</li>
            ))}
            {other && differences && <PairedDifferences differences={differences} />}
            {model.cohort === "PHANTOM" && <li>Phantoms are made-up images: no statement about patients.</li>}
          </ul>
        </>
      )}
    </section>
  );
}

/** What the paired bootstrap says: an interval that holds 0 does not tell the two models apart. */
function PairedDifferences({ differences }: { differences: NonNullable<Comparison["differences"]> }) {
  const rows = [
    ["AUC", differences.auc],
    ["F1", differences.f1],
    ["Sensitivity", differences.sensitivity],
    ["Specificity", differences.specificity],
  ] as const;
  const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
  return rows.map(([name, { value, low, high }]) => {
    if (value === null || low === null || high === null) return null;
    const verdict = low > 0 ? "better" : high < 0 ? "worse" : "no significant difference in these patients";
    return (
      <li key={name}>
        {name} differs by {signed(value)} (paired 95 % interval {signed(low)} to {signed(high)}): {verdict}.
      </li>
    );
  });
}

function Figures({
  model,
  own,
  other,
  productionNumber,
}: {
  model: ModelView;
  own: EvaluationView;
  other: EvaluationView | null;
  productionNumber: number | null;
}) {
  const people = peopleWord(model.cohort);
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {other ? "Both scored on the same" : "Scored on"} {countedInWords({ ...own, cohort: model.cohort })}{" "}
        held out whole; 95 % intervals resample {people}.{" "}
        {other
          ? `Each model at its own threshold (${own.metrics.threshold.toFixed(2)} and ${other.metrics.threshold.toFixed(2)}).`
          : `At its threshold ${own.metrics.threshold.toFixed(2)}.`}
      </p>
      <Forest
        caption={`Figures of model ${model.number}${other ? ` and model ${productionNumber}` : ""}, 95 % intervals`}
        rows={other ? figureRows(own.metrics, other.metrics) : figureRows(own.metrics)}
        series={[
          { name: other ? `Model ${model.number}` : "Value (95 % interval)", shape: "disc" },
          ...(other ? [{ name: `Model ${productionNumber}, production`, shape: "diamond" as const }] : []),
        ]}
      />
    </>
  );
}
