import type { Metadata } from "next";
import Link from "next/link";
import { pageActor } from "@/app/_server/actor";
import { pageHref, readQuery } from "@/app/_server/query";
import { ButtonLink } from "@/app/_ui/button";
import { CohortField } from "@/app/_ui/cohort-field";
import { Confidence } from "@/app/_ui/confidence";
import { EmptyState } from "@/app/_ui/empty-state";
import { SelectField } from "@/app/_ui/field";
import { FilterForm } from "@/app/_ui/filter-form";
import { classWord, flagWord, perCent } from "@/app/_ui/label-words";
import { LiveRefresh } from "@/app/_ui/live-refresh";
import { PageBody } from "@/app/_ui/page-body";
import { PageHeader } from "@/app/_ui/page-header";
import { Pagination } from "@/app/_ui/pagination";
import { type QueueFilter, sliceHref } from "@/app/_ui/queue-href";
import { Cell, HeadCell, Row, rowLink, Table, TableHead } from "@/app/_ui/table";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { type FlaggedRow, ListFlagged } from "@/lib/features/flags/schema";

export const metadata: Metadata = { title: "Flagged slices" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function FlaggedPage({ searchParams }: Props) {
  const actor = await pageActor();
  const asked = await searchParams;
  const query = readQuery(ListFlagged, asked);
  const { rows, total, previous, next, cohort, testPatientsHidden } = await listFlagged(actor, query);
  const queue = { reason: query.reason, cohort, patients: query.patients };
  const first = rows[0];
  const isHidden = testPatientsHidden && query.patients === "TESTING";
  return (
    <PageBody wide>
      <LiveRefresh topics={["label", "prediction", "production"]} pollMs={10_000} />
      <PageHeader
        title="Flagged slices"
        lead={
          isHidden
            ? "Hidden until a decision"
            : `${total.toLocaleString("en")} ${total === 1 ? "slice needs" : "slices need"} review, least certain first`
        }
      >
        {first && (
          <ButtonLink tone="primary" href={sliceHref(first, queue, { isNew: true })}>
            Start review (least certain first)
          </ButtonLink>
        )}
      </PageHeader>
      <FilterForm label="Flagged slices">
        <SelectField
          label="Reason"
          name="reason"
          defaultValue={query.reason}
          className="w-56"
          options={reasons}
        />
        <CohortField cohort={cohort} />
        <SelectField
          label="Patients"
          name="patients"
          defaultValue={query.patients}
          className="w-44"
          options={patients}
        />
      </FilterForm>
      {testPatientsHidden && query.patients === "ANY" && (
        <p className="mb-2 text-muted">
          Test patients are left out: their flags are hidden until a decision.
        </p>
      )}
      {rows.length > 0 ? (
        <FlaggedTable rows={rows} queue={queue} />
      ) : (
        <NothingFlagged testPatientsHidden={isHidden} />
      )}
      <Pagination
        {...{ previous, next, total }}
        what="slices"
        href={(other) => pageHref("/flagged", asked, other)}
      />
    </PageBody>
  );
}

const reasons = [
  { value: "ANY", label: "Any reason" },
  { value: "LOW_CONFIDENCE", label: "Low confidence" },
  { value: "MODEL_DISAGREES", label: "Model and label disagree" },
  { value: "NEIGHBOURS_DISAGREE", label: "Image and adjacent slices disagree" },
];
const patients = [
  { value: "TRAINING", label: "For training" },
  { value: "TESTING", label: "Kept for testing" },
  { value: "ANY", label: "All" },
];

function NothingFlagged({ testPatientsHidden }: { testPatientsHidden: boolean }) {
  if (testPatientsHidden)
    return (
      <EmptyState title="Flags of test patients are hidden">
        <p>
          Accuracy is measured on test patients, so their slices are read blind: without the model’s
          prediction and flags until a person has decided.{" "}
          <Link href="/worklist?filter=testing" className="text-accent underline underline-offset-2">
            Studies kept for testing
          </Link>
        </p>
      </EmptyState>
    );
  return (
    <EmptyState title="No slice is flagged">
      <p>
        A slice is flagged when the model in production is not confident, when it and the current label
        disagree, or when the image alone and the adjacent slices disagree.
      </p>
    </EmptyState>
  );
}

function FlaggedTable({ rows, queue }: { rows: readonly FlaggedRow[]; queue: QueueFilter }) {
  return (
    <Table>
      <caption className="sr-only">Flagged slices, least certain first</caption>
      <TableHead>
        <tr>
          <HeadCell className="w-14">
            <span className="sr-only">Picture</span>
          </HeadCell>
          <HeadCell>Slice</HeadCell>
          <HeadCell>Patient</HeadCell>
          <HeadCell>Reason</HeadCell>
          <HeadCell>Prediction</HeadCell>
          <HeadCell numeric>P(tumor)</HeadCell>
          <HeadCell>Confidence</HeadCell>
          <HeadCell>Current label</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.sliceId}>
            <Cell>
              {/* biome-ignore lint/performance/noImgElement: already a thumbnail, behind an access check */}
              <img
                src={`/api/slices/${row.sliceId}/thumbnail`}
                alt=""
                width={40}
                height={40}
                loading="lazy"
                className="size-10 min-w-10 rounded compact:size-7 compact:min-w-7 bg-black object-contain"
              />
            </Cell>
            <Cell>
              <Link href={sliceHref(row, queue, { isNew: true })} className={rowLink}>
                {row.studyKey}
                <span className="sr-only">,</span>{" "}
                <span className="block font-normal text-muted compact:inline">slice {row.position}</span>
              </Link>
            </Cell>
            <Cell className="text-muted">{row.patientKey}</Cell>
            <Cell className="text-flag">
              <span aria-hidden="true">⚑ </span>
              {row.reasons.map(flagWord).join("; ")}
            </Cell>
            <Cell className="whitespace-nowrap text-ai">
              <span aria-hidden="true">◌ </span>
              {classWord(row.predictedClass)}
            </Cell>
            <Cell numeric>{perCent(row.pTumor)}</Cell>
            <Cell>
              <Confidence value={row.confidence} />
            </Cell>
            <Cell className={`whitespace-nowrap ${row.labelClass ? "text-human" : "text-muted"}`}>
              {row.labelClass ? (
                <>
                  <span aria-hidden="true">● </span>
                  {classWord(row.labelClass)}
                </>
              ) : (
                "none"
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
