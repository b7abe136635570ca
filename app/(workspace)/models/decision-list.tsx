import Link from "next/link";
import { Time } from "@/app/_ui/time";
import type { DecisionView } from "@/lib/features/models/schema";
import { sayFigure } from "@/lib/words/gate";
import { commandLine } from "../training/words";
import { GateOutcome } from "./gate-outcome";

/** What was decided of models, newest first: by whom, why, and what the gate said then. */
export function DecisionList({ decisions }: { decisions: DecisionView[] }) {
  return (
    <ol aria-label="Decisions, newest first" className="flex flex-col text-base">
      {decisions.map((decision) => (
        <li key={decision.id} className="border-t border-line py-2 first:border-t-0">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span>
              <Link
                href={`/models/${decision.modelId}`}
                className="font-semibold text-accent underline-offset-2 hover:underline"
              >
                Model {decision.modelNumber}
              </Link>{" "}
              {whatHappened(decision)}
            </span>
            {decision.verdict && <GateOutcome outcome={decision.verdict.outcome} before="Gate: " />}
            <span className="text-sm text-muted">
              {decision.decidedBy ?? commandLine}, <Time at={decision.createdAt} />
            </span>
          </p>
          {decision.reason && (
            <p className="max-w-[90ch]">
              {decision.verdict?.outcome === "undecided"
                ? "Promoted without a decision by the gate. Reason: "
                : "Reason: "}
              {decision.reason}
            </p>
          )}
          {decision.onlyAdmin && (
            <p className="text-muted">
              Requested and promoted by the same person, the only admin at that time.
            </p>
          )}
          {decision.verdict && decision.verdict.figures.length > 0 && (
            <details>
              <summary className="w-fit cursor-pointer rounded text-sm text-muted hover:text-text">
                Gate results
              </summary>
              <ul className="list-disc pl-4">
                {decision.verdict.figures.map(({ name, says }) => (
                  <li key={name}>{sayFigure(says)}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function whatHappened({ kind, previousNumber }: DecisionView): string {
  const place = previousNumber === null ? "" : `, replacing model ${previousNumber}`;
  if (kind === "PROMOTED") return `was promoted${place}`;
  if (kind === "ROLLED_BACK") return `was restored${place}`;
  return kind === "RETIRED" ? "was retired" : "was rejected";
}
