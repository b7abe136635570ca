import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { EmptyState } from "@/app/_ui/empty-state";
import { statementWords } from "@/app/_ui/label-words";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Cell, HeadCell, Row, rowLink, Table, TableHead } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { myDecisions } from "@/lib/features/labels/my-decisions";
import { type DecisionRow, rememberedDecisions } from "@/lib/features/labels/schema";
import { UndoButton } from "./undo-button";

export const metadata: Metadata = { title: "My decisions" };

export default async function DecisionsPage() {
  const rows = await myDecisions(await pageActor());
  return (
    <PageBody wide>
      <LiveRefresh topics={["label"]} />
      <PageHeader
        title="My decisions"
        lead={`Your last ${rememberedDecisions} decisions, newest first. Undo adds a version: no version is lost.`}
      />
      {rows.length > 0 ? (
        <DecisionTable rows={rows} />
      ) : (
        <EmptyState title="You have not decided on a slice yet">
          <p>What you save in a study appears here, and can be undone here.</p>
        </EmptyState>
      )}
    </PageBody>
  );
}

const actWords = {
  KEPT: "you kept the label on file",
  USED_MODEL: "you used the model’s label",
  STATED: "you chose the class",
  DRAWN: "you drew",
  RESTORED: "you restored an earlier version",
  UNDONE: "undone",
} as const;
const stateWords = {
  stands: "current label",
  "taken-back": "undone",
  "changed-since": "labelled again since",
} as const;

/** What one key saved, by slice: one decision, or several that are undone together. */
function actsOf(rows: readonly DecisionRow[]): DecisionRow[][] {
  const acts = new Map<string, DecisionRow[]>();
  for (const row of rows) {
    const act = row.batchId ?? row.label.id;
    acts.set(act, [...(acts.get(act) ?? []), row]);
  }
  return [...acts.values()].map((act) => act.sort((one, other) => one.position - other.position));
}

function DecisionTable({ rows }: { rows: readonly DecisionRow[] }) {
  return (
    <Table>
      <caption className="sr-only">My decisions, newest first</caption>
      <TableHead>
        <tr>
          <HeadCell>Slice</HeadCell>
          <HeadCell>Stored</HeadCell>
          <HeadCell>How</HeadCell>
          <HeadCell>When</HeadCell>
          <HeadCell>Now</HeadCell>
          <HeadCell>
            <span className="sr-only">Undo</span>
          </HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {actsOf(rows).map((act) => {
          const positions = act.map(({ position }) => position).join(", ");
          const undone = act.find(({ state }) => state === "stands");
          return act.map((row) => (
            <Row key={row.label.id}>
              <Cell>
                <Link href={`/studies/${row.studyId}?slice=${row.position}`} className={rowLink}>
                  {row.patientKey} <span className="font-normal text-muted">slice {row.position}</span>
                </Link>
              </Cell>
              <Cell>{statementWords(row.label)}</Cell>
              <Cell className="text-muted">
                {row.label.act ? actWords[row.label.act] : ""}
                {act.length > 1 && ` slices ${positions} together`}
              </Cell>
              <Cell className="text-muted">
                <Time at={row.label.createdAt} />
              </Cell>
              <Cell className={row.state === "stands" ? undefined : "text-muted"}>
                {stateWords[row.state]}
              </Cell>
              <Cell className="text-right">
                {row === undone && (
                  <UndoButton
                    labelId={row.label.id}
                    what={`${act.length > 1 ? "slices" : "slice"} ${positions} of ${row.patientKey}`}
                    count={act.length}
                  />
                )}
              </Cell>
            </Row>
          ));
        })}
      </tbody>
    </Table>
  );
}
