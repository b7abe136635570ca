import Link from "next/link";
import { EmptyState } from "@/app/_ui/empty-state";
import { Field, SelectField } from "@/app/_ui/field";
import { FilterForm } from "@/app/_ui/filter-form";
import { classWord, sourceWords } from "@/app/_ui/label-words";
import { Pagination } from "@/app/_ui/pagination";
import { Cell, HeadCell, Row, rowLink, Table, TableHead } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import type { SnapshotItemList, SnapshotItemRow, SnapshotView } from "@/lib/features/snapshots/schema";
import { count, splitWord } from "../../words";

interface Props {
  snapshot: SnapshotView;
  list: SnapshotItemList;
  query: { search: string; split: string; source: string; readerId?: string | undefined; changed: string };
  pageHref(cursor: string): string;
}

/** The labels of a snapshot one by one: filtered, a page at a time, each leading to its slice. */
export function Items({ snapshot, list, query, pageHref }: Props) {
  const readers = new Map(
    snapshot.labels.flatMap(({ readerId, readerName }) => (readerId ? [[readerId, readerName ?? ""]] : [])),
  );
  const { rows, total, previous, next } = list;
  return (
    <section aria-labelledby="items" className="min-w-0">
      <h2 id="items" className="mb-2 text-xs font-semibold tracking-wider text-muted uppercase">
        Labels, one by one{" "}
        <span className="font-normal tracking-normal normal-case">
          · {count(total)} {total === snapshot.labelledSlices ? "in all" : "found"}
        </span>
      </h2>
      <FilterForm label="Labels of this snapshot">
        <Field
          label="Patient"
          name="search"
          type="search"
          defaultValue={query.search}
          placeholder="Part of a key"
          maxLength={100}
          className="w-44"
        />
        <SelectField
          label="Split"
          name="split"
          defaultValue={query.split}
          className="w-32"
          options={splits}
        />
        <SelectField
          label="Stated by"
          name="source"
          defaultValue={query.source}
          className="w-44"
          options={sources}
        />
        <SelectField
          label="Reader"
          name="readerId"
          defaultValue={query.readerId ?? ""}
          className="w-40"
          options={[
            { value: "", label: "Anybody" },
            ...[...readers].map(([value, label]) => ({ value: value!, label: label! })),
          ]}
        />
        <SelectField
          label="Changed"
          name="changed"
          defaultValue={query.changed}
          className="w-40"
          options={changes}
        />
      </FilterForm>
      {rows.length > 0 ? <ItemTable rows={rows} /> : <EmptyState title="No label fits" />}
      <Pagination {...{ previous, next, total }} what="labels" href={pageHref} />
    </section>
  );
}

const splits = [
  { value: "ANY", label: "All" },
  { value: "TRAIN", label: "Train" },
  { value: "VALIDATION", label: "Validation" },
  { value: "TEST", label: "Test" },
];
const sources = [
  { value: "ANY", label: "Anybody" },
  { value: "IMPORTED", label: "An import" },
  { value: "HUMAN", label: "A reader" },
  { value: "MODEL", label: "A reader, from a model" },
];
const changes = [
  { value: "any", label: "All" },
  { value: "yes", label: "Changed since the snapshot" },
];

function ItemTable({ rows }: { rows: readonly SnapshotItemRow[] }) {
  return (
    <Table>
      <caption className="sr-only">Labels of this snapshot</caption>
      <TableHead>
        <tr>
          <HeadCell>Slice</HeadCell>
          <HeadCell>Patient</HeadCell>
          <HeadCell>Split</HeadCell>
          <HeadCell>Version used</HeadCell>
          <HeadCell>Stated by</HeadCell>
          <HeadCell>When</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.sliceId}>
            <Cell>
              <Link href={`/studies/${row.studyId}?slice=${row.position}`} className={rowLink}>
                {row.studyKey} <span className="font-normal text-muted">slice {row.position}</span>
              </Link>
            </Cell>
            <Cell>
              <Link
                href={`/patients/${row.patientId}`}
                className="relative z-10 text-muted underline decoration-line underline-offset-2 hover:text-text hover:decoration-current"
              >
                {row.patientKey}
              </Link>
            </Cell>
            <Cell>{splitWord(row.split)}</Cell>
            <Cell className="whitespace-nowrap">
              version {row.version} · {classWord(row.labelClass)}
              {row.newestVersion > row.version && (
                <span className="text-human">
                  {" "}
                  <span aria-hidden="true">✎ </span>version {row.newestVersion} now
                </span>
              )}
            </Cell>
            <Cell>{sourceWords(row)}</Cell>
            <Cell className="text-muted">
              <Time at={row.labelledAt} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
