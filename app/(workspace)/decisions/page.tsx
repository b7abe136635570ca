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
  KEPT: "kept the label on file",
  USED_MODEL: "used the model’s label",
  STATED: "class stated",
  DRAWN: "drawn",
  RESTORED: "restored an earlier version",
  UNDONE: "undone",
} as const;
const stateWords = {
  stands: "current label",
  "taken-back": "undone",
  "changed-since": "labelled again since",
} as const;

function DecisionTable({ rows }: { rows: readonly DecisionRow[] }) {
  const savedWith = (row: DecisionRow) =>
    rows.filter((other) => other === row || (row.batchId !== null && other.batchId === row.batchId));
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
        {rows.map((row) => {
          const { label, state } = row;
          const batch = savedWith(row);
          const positions = batch.map(({ position }) => position).sort((one, other) => one - other);
          return (
            <Row key={label.id}>
              <Cell>
                <Link href={`/studies/${row.studyId}?slice=${row.position}`} className={rowLink}>
                  {row.patientKey} <span className="font-normal text-muted">slice {row.position}</span>
                </Link>
              </Cell>
              <Cell>{statementWords(label)}</Cell>
              <Cell className="text-muted">
                {label.act ? actWords[label.act] : ""}
                {batch.length > 1 && ` with slices ${positions.join(", ")}`}
              </Cell>
              <Cell className="text-muted">
                <Time at={label.createdAt} />
              </Cell>
              <Cell className={state === "stands" ? undefined : "text-muted"}>{stateWords[state]}</Cell>
              <Cell className="text-right">
                {state === "stands" && (
                  <UndoButton
                    labelId={label.id}
                    what={`slice ${positions.join(", ")} of ${row.patientKey}`}
                    count={batch.length}
                  />
                )}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
