import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/app/_ui/time";
import type { ModelView } from "@/lib/features/models/schema";
import type { RunView } from "@/lib/features/runs/schema";
import type { ModelLineage } from "@/lib/features/snapshots/schema";
import { LabelShares } from "../../training/label-shares";
import { ModelLinks } from "../../training/model-links";
import { commandLine, count, inWords, shortHash } from "../../training/words";

interface Props {
  model: ModelView;
  /** Null for a model that came with the installation. */
  run: RunView | null;
  lineage: ModelLineage;
}

/** Where a model comes from, what came of it, and what it is: snapshot, labels, run, base, calibration, card. */
export function Lineage({ model, run, lineage }: Props) {
  const { snapshot, labels, ancestors, descendants, acceptedLabels, learnedFromIt } = lineage;
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <section aria-labelledby="lineage" className="rounded-lg border border-line bg-panel p-4 text-base">
        <h2 id="lineage" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
          Lineage
        </h2>
        <ol className="flex flex-col gap-2 border-l border-line pl-3">
          <li>
            <BaseLine base={model.base} />
          </li>
          {ancestors.length > 0 && (
            <li>
              <span className="text-muted">Continued from</span>
              <ModelLinks models={ancestors} />
            </li>
          )}
          {snapshot && (
            <li>
              <Link
                href={`/training/snapshots/${snapshot.id}`}
                className="text-accent underline-offset-2 hover:underline"
              >
                Snapshot
              </Link>{" "}
              <Hash hash={snapshot.hash} />
              <div className="mt-1">
                <LabelShares snapshotId={snapshot.id} labels={labels} />
              </div>
            </li>
          )}
          <li>
            {run ? (
              <Link href={`/training/${run.id}`} className="text-accent underline-offset-2 hover:underline">
                Run {run.number}
              </Link>
            ) : (
              "Shipped with the installation"
            )}
            {run && <span className="text-muted"> requested by {run.requestedBy ?? commandLine}</span>}
          </li>
          <li>
            Model {model.number} <Hash hash={model.artifactSha256} />
            <span className="block text-sm text-muted">
              created <Time at={model.createdAt} />
            </span>
            {model.promotedAt && (
              <span className="block text-sm text-muted">
                last promoted <Time at={model.promotedAt} />
              </span>
            )}
          </li>
        </ol>
        {descendants.length > 0 && <CameOfIt name="Models continued from it" models={descendants} />}
        {acceptedLabels > 0 && (
          <p className="mt-3">
            {inWords(acceptedLabels, "label")} {acceptedLabels === 1 ? "uses" : "use"} its predictions.
          </p>
        )}
        {learnedFromIt.length > 0 && <CameOfIt name="Models trained on such labels" models={learnedFromIt} />}
      </section>
      <section aria-labelledby="settings" className="rounded-lg border border-line bg-panel p-4 text-base">
        <h2 id="settings" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
          Settings
        </h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 tabular-nums">
          <Fact name="Threshold">
            {model.threshold.toFixed(3)} <span className="text-muted">cut-off for tumor</span>
          </Fact>
          <Fact name="Calibration">
            {model.temperature === 1 ? (
              <span className="text-muted">P(tumor) from stacking, as it was fitted</span>
            ) : (
              <>
                temperature {model.temperature.toFixed(3)}{" "}
                <span className="text-muted">
                  {model.temperature > 1 ? "(lowers confidence)" : "(raises confidence)"}
                </span>
              </>
            )}
          </Fact>
          <Fact name="Has seen">
            {count(model.seenPatients)} {model.seenPatients === 1 ? "patient" : "patients"}{" "}
            <span className="text-muted">with its base and ancestors</span>
          </Fact>
          <Fact name="Predictions">{count(model.predictions)} slices here</Fact>
        </dl>
        <details className="mt-3">
          <summary className="w-fit cursor-pointer rounded text-muted hover:text-text">Model card</summary>
          <pre className="mt-2 max-h-80 overflow-auto rounded border border-line bg-bg p-2 text-xs leading-4 whitespace-pre-wrap">
            {cardText(model.card)}
          </pre>
        </details>
      </section>
    </div>
  );
}

function CameOfIt({ name, models }: { name: string; models: ModelLineage["descendants"] }) {
  return (
    <>
      <h3 className="mt-3 mb-1 font-semibold">{name}</h3>
      <ModelLinks models={models} />
    </>
  );
}

/** The card as it is, long lists (hashes of patients) by their length alone. */
function cardText(card: ModelView["card"]): string {
  const shorten = (_key: string, value: unknown) =>
    Array.isArray(value) && value.length > 8 ? `${value.length} entries` : value;
  return JSON.stringify(card, shorten, 2);
}

/** The base, what it was continued from, and what it cannot give. */
function BaseLine({ base }: { base: ModelView["base"] }) {
  return (
    <>
      <span className="text-muted">Base</span> {base.name} <Hash hash={base.sha256} />
      <span className="block text-sm text-muted">
        has seen {count(base.seenPatients)} {base.seenPatients === 1 ? "patient" : "patients"}
        {!base.outputs.includes("mask") && ", proposes no masks"}
        {base.parent && `, continued from ${base.parent.name}`}
        {base.run && (
          <>
            {" in "}
            <Link
              href={`/training/${base.run.id}`}
              className="text-accent underline-offset-2 hover:underline"
            >
              run {base.run.number}
            </Link>
          </>
        )}
      </span>
    </>
  );
}

function Hash({ hash }: { hash: string }) {
  return (
    <code className="text-sm text-muted" title={hash}>
      {shortHash(hash)}
    </code>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
