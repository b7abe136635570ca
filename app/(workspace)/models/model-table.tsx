import Link from "next/link";
import { FigureValue } from "@/app/_ui/charts/figure-value";
import { peopleWord } from "@/app/_ui/charts/in-words";
import { Time } from "@/app/_ui/time";
import type { ListedModel } from "@/lib/features/models/schema";
import { CohortBadge } from "./cohort-badge";
import { GateOutcome } from "./gate-outcome";
import { ModelState } from "./model-state";

const figures = [
  { name: "auc", title: "ROC AUC" },
  { name: "sensitivity", title: "Sensitivity" },
  { name: "specificity", title: "Specificity" },
  { name: "f1", title: "F1" },
  { name: "ece", title: "ECE ↓" },
] as const;

/** Models with their figures, each with its interval and what it was counted on. */
export function ModelTable({ models, titleId }: { models: ListedModel[]; titleId: string }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-panel">
      <table className="w-full border-collapse text-left text-base tabular-nums" aria-labelledby={titleId}>
        <thead className="text-sm text-muted">
          <tr>
            {["Model", "State", "Trained in", "Tested on"].map((name) => (
              <th key={name} scope="col" className="px-3 py-(--cell-y) font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
            {figures.map(({ name, title }) => (
              <th key={name} scope="col" className="px-3 py-(--cell-y) font-medium whitespace-nowrap">
                {title}
              </th>
            ))}
            <th scope="col" className="px-3 py-(--cell-y) font-medium">
              Report
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr
              key={model.id}
              className={`border-t border-line align-baseline hover:bg-panel2 ${
                model.state === "PRODUCTION" ? "bg-panel2 shadow-[inset_2px_0_var(--color-ok)]" : ""
              }`}
            >
              <th scope="row" className="px-3 py-(--cell-y) font-semibold whitespace-nowrap">
                <Link href={`/models/${model.id}`} className="text-accent underline-offset-2 hover:underline">
                  Model {model.number}
                </Link>
                {model.cohort === "PHANTOM" && (
                  <span className="mt-0.5 block font-normal">
                    <CohortBadge cohort={model.cohort} />
                  </span>
                )}
              </th>
              <td className="px-3 py-(--cell-y)">
                <ModelState state={model.state} />
                {model.gate && (
                  <span className="block text-sm">
                    <GateOutcome outcome={model.gate} before="Gate: " />
                  </span>
                )}
              </td>
              <td className="px-3 py-(--cell-y) whitespace-nowrap">
                {model.runId ? (
                  <Link
                    href={`/training/${model.runId}`}
                    className="text-accent underline-offset-2 hover:underline"
                  >
                    Run {model.runNumber}
                  </Link>
                ) : (
                  "shipped"
                )}
                <span className="block text-sm text-muted">
                  <Time at={model.createdAt} />
                </span>
              </td>
              {model.evaluation ? (
                <>
                  <td className="px-3 py-(--cell-y) whitespace-nowrap">
                    {model.evaluation.patients} {peopleWord(model.cohort, model.evaluation.patients)}
                    <span className="block text-sm text-muted">
                      {model.evaluation.slices.toLocaleString("en")} slices
                    </span>
                  </td>
                  {figures.map(({ name }) => (
                    <td key={name} className="px-3 py-(--cell-y)">
                      <FigureValue figure={model.evaluation!.metrics[name]} stacked />
                    </td>
                  ))}
                  <td className="px-3 py-(--cell-y)">
                    <Link
                      href={`/reports/${model.id}`}
                      aria-label={`Report on model ${model.number}`}
                      className="text-accent underline-offset-2 hover:underline"
                    >
                      Report
                    </Link>
                  </td>
                </>
              ) : (
                <td colSpan={figures.length + 2} className="px-3 py-(--cell-y) text-muted">
                  No figures: the model and its ancestors have seen every patient.
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
