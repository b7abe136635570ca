import type { RunView } from "@/lib/features/runs/schema";
import { count } from "../words";

const words = {
  TRAIN: { name: "Train", use: "used for training" },
  VALIDATION: { name: "Validation", use: "used for early stopping, stacking and the threshold" },
  TEST: { name: "Test", use: "used for testing, not seen by any ancestor" },
};
const order = ["TRAIN", "VALIDATION", "TEST"] as const;

/** Patients and slices of each split. Whole patients go to one split. */
export function SplitTable({ split }: { split: RunView["split"] }) {
  return (
    <section aria-labelledby="split" className="rounded-lg border border-line bg-panel p-4">
      <h2 id="split" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        Split by patient
      </h2>
      {split.length === 0 ? (
        <p className="text-base text-muted">Made in the snapshot phase.</p>
      ) : (
        <table className="w-full border-collapse text-left text-base tabular-nums" aria-labelledby="split">
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className="pb-1 font-medium">
                Split
              </th>
              {["Patients", "Slices", "With tumor"].map((name) => (
                <th key={name} scope="col" className="pb-1 pl-4 text-right font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((name) => {
              const part = split.find((entry) => entry.split === name);
              return (
                <tr key={name} className="border-t border-line">
                  <th scope="row" className="py-1.5 font-medium">
                    {words[name].name}
                    <span className="block text-xs font-normal text-muted">{words[name].use}</span>
                  </th>
                  <td className="py-1.5 pl-4 text-right">{count(part?.patients ?? 0)}</td>
                  <td className="py-1.5 pl-4 text-right">{count(part?.slices ?? 0)}</td>
                  <td className="py-1.5 pl-4 text-right">{count(part?.tumorSlices ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
