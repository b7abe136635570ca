import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import type { ReadingTime, ReadingTimes } from "@/lib/features/labels/reading-times";

interface Props {
  title: string;
  times: ReadingTimes;
}

/** How long people looked at a slice before they labelled it; nothing where none was measured. */
export function ReadingTimesTable({ title, times }: Props) {
  if (!times.all) return null;
  return (
    <section aria-label={title} className="grid gap-1.5">
      <h2 className="font-semibold">{title}</h2>
      <Table aria-label={title}>
        <TableHead>
          <tr>
            <HeadCell>Reader</HeadCell>
            <HeadCell numeric>Timed labels</HeadCell>
            <HeadCell numeric>Median seconds per slice</HeadCell>
            <HeadCell numeric>90th percentile, seconds</HeadCell>
          </tr>
        </TableHead>
        <tbody>
          <TimeRow name="All readers" time={times.all} />
          {times.byReader.map((reader) => (
            <TimeRow key={reader.readerId} name={reader.readerName} time={reader} />
          ))}
        </tbody>
      </Table>
      <p className="text-muted">Time the slice was visible in the active tab before its label was saved.</p>
    </section>
  );
}

function TimeRow({ name, time }: { name: string; time: ReadingTime }) {
  return (
    <Row>
      <Cell>{name}</Cell>
      <Cell numeric>{time.labels.toLocaleString("en")}</Cell>
      <Cell numeric>{(time.medianMs / 1000).toFixed(1)}</Cell>
      <Cell numeric>{(time.p90Ms / 1000).toFixed(1)}</Cell>
    </Row>
  );
}
