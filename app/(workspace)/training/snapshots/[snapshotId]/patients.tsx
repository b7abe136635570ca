import Link from "next/link";
import { Cell, HeadCell, Row, rowLink, Table, TableHead } from "@/app/_ui/table";
import type { SnapshotView } from "@/lib/features/snapshots/schema";
import { count, inWords, splitWord } from "../../words";

/** A snapshot's patients with their role, as far as the actor may see them. */
export function Patients({
  snapshot: { patients, morePatients, hiddenPatients },
}: {
  snapshot: SnapshotView;
}) {
  return (
    <details className="rounded-lg border border-line bg-panel p-4">
      <summary className="w-fit cursor-pointer rounded text-base font-semibold">
        {inWords(patients.length + morePatients, "patient")} and their roles
      </summary>
      {hiddenPatients > 0 && (
        <p className="mt-2 text-base text-muted">
          {inWords(hiddenPatients, "further patient")} your account may not see.
        </p>
      )}
      <div className="mt-2">
        <Table>
          <caption className="sr-only">Patients and their roles</caption>
          <TableHead>
            <tr>
              <HeadCell>Patient</HeadCell>
              <HeadCell>Role</HeadCell>
              <HeadCell numeric>Labelled slices</HeadCell>
              <HeadCell numeric>With tumor</HeadCell>
            </tr>
          </TableHead>
          <tbody>
            {patients.map((patient) => (
              <Row key={patient.id}>
                <Cell>
                  <Link href={`/patients/${patient.id}`} className={rowLink}>
                    {patient.key}
                  </Link>
                </Cell>
                <Cell>{splitWord(patient.split)}</Cell>
                <Cell numeric>{count(patient.slices)}</Cell>
                <Cell numeric>{count(patient.tumorSlices)}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
        {morePatients > 0 && (
          <p className="mt-2 text-muted">
            The first {count(patients.length)} are listed; the list of labels holds all of them.
          </p>
        )}
      </div>
    </details>
  );
}
