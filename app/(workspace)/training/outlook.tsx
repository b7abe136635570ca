import Link from "next/link";
import type { TrainingOutlook } from "@/lib/features/runs/schema";
import { count, inWords } from "./words";

/** The training data, cohort by cohort. */
export function Outlook({ outlook }: { outlook: TrainingOutlook }) {
  return (
    <section aria-labelledby="outlook">
      <h2 id="outlook" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        Training data
      </h2>
      {outlook.cohorts.length === 0 ? (
        <p className="rounded-lg border border-line bg-panel p-3 text-base text-muted">
          Nothing is labelled yet.{" "}
          <Link href="/imports" className="text-accent underline underline-offset-2">
            Import labelled studies
          </Link>{" "}
          or label slices in the{" "}
          <Link href="/worklist" className="text-accent underline underline-offset-2">
            worklist
          </Link>
          .
        </p>
      ) : (
        <div className="flex flex-col gap-2">
          {outlook.cohorts.map((entry) => (
            <div key={entry.cohort} className="rounded-lg border border-line bg-panel p-3">
              <h3 className="text-base font-semibold">
                {entry.cohort === "REAL" ? "Real patients" : "Phantoms"}
                {entry.cohort === "PHANTOM" && <span className="font-normal text-human"> ◇ demo only</span>}
              </h3>
              <dl className="mt-1.5 grid grid-cols-3 gap-2 tabular-nums">
                <Fact name={entry.cohort === "REAL" ? "patients" : "phantoms"} value={entry.patients} />
                <Fact name="labelled slices" value={entry.labelledSlices} />
                <Fact name="new labels" value={entry.newLabels} />
              </dl>
              {entry.testSlices > 0 && (
                <p className="mt-1 text-sm text-muted">
                  Of them {inWords(entry.testPatients, entry.cohort === "REAL" ? "patient" : "phantom")},{" "}
                  {inWords(entry.testSlices, "slice")} for testing
                </p>
              )}
            </div>
          ))}
          <p className="text-sm text-muted">
            “New labels” are slices that a person labelled otherwise than the model in production has learned;
            imports and undone decisions do not count. Slices labelled “unsure” are not trained on. Real
            patients and phantoms never mix: no run, test set or figure holds both.
          </p>
        </div>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-lg leading-6 font-semibold">{count(value)}</dd>
    </div>
  );
}
