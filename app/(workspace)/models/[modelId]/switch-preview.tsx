import Link from "next/link";
import type { FlipCount, FlippedSlice, PromotionPreview } from "@/lib/features/models/schema";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { sayNotes } from "@/lib/words/notes";
import { sayPromotionRefusal } from "@/lib/words/refusals";
import { count } from "../../training/words";
import { GateOutcome } from "../gate-outcome";

/** What a promotion or a rollback would change for readers, or why it is refused. */
export function SwitchPreview({ preview }: { preview: PromotionPreview }) {
  const { refusals, verdict, flips, lacking, notes, modelNumber, productionNumber } = preview;
  return (
    <>
      {refusals.length > 0 && (
        <div className="rounded border border-flag/60 bg-flag/10 p-2.5">
          <p className="font-medium text-flag">✕ Promotion blocked</p>
          <ul className="mt-1 list-disc pl-4">
            {refusals.map(sayPromotionRefusal).map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        </div>
      )}
      {verdict && verdict.outcome !== "failed" && (
        <section aria-label="Gate">
          <p className="flex flex-wrap items-baseline gap-2 font-medium">
            Gate <GateOutcome outcome={verdict.outcome} />
          </p>
          <p>{sayVerdict(verdict.says)}</p>
          <ul className="list-disc pl-4">
            {verdict.figures.map(({ name, says }) => (
              <li key={name}>{sayFigure(says)}</li>
            ))}
          </ul>
        </section>
      )}
      <p>
        Model {modelNumber}
        {productionNumber === null
          ? " becomes the model in production."
          : ` replaces model ${productionNumber}.`}
      </p>
      {flips && <FlipTable flips={flips} />}
      {lacking > 0 && (
        <p>
          <strong className="font-semibold">
            {count(lacking)} {lacking === 1 ? "slice has" : "slices have"} no prediction by it yet
          </strong>{" "}
          and are not counted above. They are predicted in the background.
        </p>
      )}
      <ul className="list-disc space-y-1 pl-4 text-muted">
        {sayNotes(notes).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function FlipTable({ flips }: { flips: NonNullable<PromotionPreview["flips"]> }) {
  const { toTumor, toNoTumor, patients, first } = flips;
  const total = toTumor.slices + toNoTumor.slices;
  if (total === 0) return <p>No slice that both have predicted changes its class.</p>;
  return (
    <section aria-label="Slices that change class">
      <p className="mb-1">
        <strong className="font-semibold">
          {count(total)} {total === 1 ? "slice changes" : "slices change"} class
        </strong>{" "}
        in {count(patients)} {patients === 1 ? "patient" : "patients"}.
      </p>
      <table className="w-full border-collapse text-left tabular-nums">
        <thead className="text-sm text-muted">
          <tr>
            {["Becomes", "Slices", "As labelled", "Differs from label", "Not labelled"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Direction name="tumor" flips={toTumor} />
          <Direction name="no tumor" flips={toNoTumor} />
        </tbody>
      </table>
      <details className="mt-1">
        <summary className="w-fit cursor-pointer rounded text-muted hover:text-text">
          {first.length < total ? `The first ${first.length} slices` : "All slices"}
        </summary>
        {first.length < total && (
          <p className="mt-1 text-muted">Slices of test patients that are read blind are not named.</p>
        )}
        <ul className="mt-1 max-h-48 overflow-y-auto rounded border border-line p-2">
          {first.map((slice) => (
            <li key={slice.sliceId}>
              <Link
                href={`/studies/${slice.studyId}?slice=${slice.position}`}
                target="_blank"
                className="text-accent underline-offset-2 hover:underline"
              >
                {slice.studyKey}, slice {slice.position}
              </Link>{" "}
              <span className="text-muted">
                becomes {slice.after === "TUMOR" ? "tumor" : "no tumor"}, {agreementWords[slice.agreement]}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

const agreementWords: Record<FlippedSlice["agreement"], string> = {
  gained: "as labelled",
  lost: "differs from label",
  unlabelled: "not labelled",
};

function Direction({ name, flips }: { name: string; flips: FlipCount }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1 pr-3 font-medium">
        {name}
      </th>
      {[flips.slices, flips.gained, flips.lost, flips.unlabelled].map((value, index) => (
        <td key={["slices", "gained", "lost", "unlabelled"][index]} className="py-1 pr-3">
          {count(value)}
        </td>
      ))}
    </tr>
  );
}
