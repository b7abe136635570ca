import Link from "next/link";
import type { StudyRow } from "@/lib/records/study-row";
import { Badge } from "./badge";
import { Confidence } from "./confidence";
import { FlagCount } from "./flag-count";
import { Cell, HeadCell, Row, rowLink, SortCell, Table, TableHead, type TableOrder } from "./table";

/**
 * Studies, a row each; the row is a link to the study. Without patients on a patient's own page. Headings sort it by
 * patient or by doubt where `sorted` is given.
 */
export function StudyTable({
  rows,
  caption,
  withPatient = true,
  sorted = null,
}: {
  rows: readonly StudyRow[];
  caption: string;
  withPatient?: boolean;
  sorted?: TableOrder | null;
}) {
  return (
    <Table>
      <caption className="sr-only">{caption}</caption>
      <TableHead>
        <tr>
          <HeadCell>Study</HeadCell>
          {withPatient && (
            <SortCell sorted={sorted} by="patient" direction="ascending">
              Patient
            </SortCell>
          )}
          <HeadCell>Date</HeadCell>
          <HeadCell numeric>Slices</HeadCell>
          <HeadCell>Predicted tumor</HeadCell>
          <HeadCell>Labelled</HeadCell>
          <HeadCell numeric>Reviewed</HeadCell>
          <HeadCell numeric>Flags</HeadCell>
          <SortCell sorted={sorted} by="doubt" direction="ascending">
            Lowest confidence, unreviewed
          </SortCell>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((study) => (
          <Row key={study.id}>
            <Cell>
              <Link href={`/studies/${study.id}`} className={rowLink}>
                {study.key}
              </Link>
              {study.cohort === "PHANTOM" && (
                <span className="ml-2">
                  <Badge mark="◇">phantom</Badge>
                </span>
              )}
              {study.keptForTesting && (
                <span className="ml-2">
                  <Badge mark="◈">kept for testing</Badge>
                </span>
              )}
            </Cell>
            {withPatient && (
              <Cell>
                <Link
                  href={`/patients/${study.patientId}`}
                  className="relative z-10 text-muted underline decoration-line underline-offset-2 hover:text-text hover:decoration-current"
                >
                  {study.patientKey}
                </Link>
              </Cell>
            )}
            <Cell className="whitespace-nowrap">
              {study.studyDate ?? <span className="text-muted">unknown</span>}
            </Cell>
            <Cell numeric>{study.slices}</Cell>
            <Cell>
              <PredictedTumor study={study} />
            </Cell>
            <Cell className="whitespace-nowrap">
              <Labelled study={study} />
            </Cell>
            <Cell numeric>
              {study.reviewed > 0 ? (
                <span className="text-human">
                  <span aria-hidden="true">● </span>
                  {study.reviewed}
                </span>
              ) : (
                <span className="text-muted">–</span>
              )}
            </Cell>
            <Cell numeric>{study.flagged === null ? hidden : <FlagCount flagged={study.flagged} />}</Cell>
            <Cell>
              <LowestConfidence study={study} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Test patients are read blind. */
const hidden = (
  <span className="text-muted" title="Hidden until each slice is decided on">
    hidden
  </span>
);

function LowestConfidence({ study }: { study: StudyRow }) {
  if (study.predictionHidden) return hidden;
  if (study.lowestConfidence === null && study.predicted > 0)
    return <span className="text-muted">all reviewed</span>;
  return <Confidence value={study.lowestConfidence} />;
}

function PredictedTumor({ study: { predicted, predictedTumor, slices } }: { study: StudyRow }) {
  if (predicted === 0) return <span className="text-muted">no prediction</span>;
  if (predictedTumor === null) return hidden;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className="inline-block h-1.5 w-12 rounded-full bg-line">
        <span
          className="block h-1.5 rounded-full bg-ai"
          style={{ width: `${(100 * predictedTumor) / predicted}%` }}
        />
      </span>
      {predictedTumor} of {predicted}
      {predicted < slices && <span className="text-muted">({slices - predicted} waiting)</span>}
    </span>
  );
}

function Labelled({ study: { labelled, labelledTumor, labelledUnsure, slices } }: { study: StudyRow }) {
  if (labelled === 0) return <span className="text-muted">none</span>;
  return (
    <>
      {labelled === slices ? "all" : `${labelled} of ${slices}`}
      <span className="text-muted">
        {" "}
        · {labelledTumor} tumor{labelledUnsure > 0 && ` · ${labelledUnsure} unsure`}
      </span>
    </>
  );
}
