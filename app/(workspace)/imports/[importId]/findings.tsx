import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import type { FileProblem, ImportPreview, ImportReport } from "@/lib/features/imports/schema";
import { sayOfFile } from "@/lib/words/files";
import { sayNotes } from "@/lib/words/notes";
import { counted } from "../import-words";

/** What an archive holds, in figures, and everything about it that a person should know. */
export function Findings({ findings }: { findings: ImportPreview | ImportReport }) {
  const { patients, studies, slices, masks, alreadyThere, duplicates, conflicts, rejects, notes } = findings;
  const figures: [string, number][] = [
    ["patients", patients],
    ["studies", studies],
    ["slices", slices],
    ["masks", masks],
  ];
  if ("tumorSlices" in findings) figures.push(["slices with tumor", findings.tumorSlices]);
  figures.push(["already imported", alreadyThere], ["duplicates", duplicates]);
  figures.push(["conflicts", conflicts], ["rejected files", rejects.length]);
  return (
    <>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-px overflow-hidden rounded-lg border border-line bg-line">
        {figures.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse justify-end bg-panel px-4 py-3">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className={`text-xl font-semibold ${value === 0 ? "text-muted" : ""}`}>
              {value.toLocaleString("en")}
            </dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <ul aria-label="Notes" className="mt-4 list-disc space-y-1 pl-5">
          {sayNotes(notes).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {conflicts > 0 && (
        <Problems
          title={`${counted(conflicts, "conflict")} between the table and the files`}
          lead="The table's rows say something else than the files they point to, most often another patient. The file's name wins: each slice is imported under the patient of its file's name, so that no patient's slices end up on both sides of a split."
          problems={findings.conflictExamples}
          total={conflicts}
          reason="What the table says"
        />
      )}
      {rejects.length > 0 && (
        <Problems
          title={counted(rejects.length, "rejected file")}
          lead="These files are not imported; everything else is."
          problems={rejects}
          total={rejects.length}
          reason="Why"
        />
      )}
    </>
  );
}

function Problems(props: {
  title: string;
  lead: string;
  problems: FileProblem[];
  total: number;
  reason: string;
}) {
  const { title, lead, problems, total, reason } = props;
  const inWords = problems.map(({ file, reason }) => ({ file, why: sayOfFile(reason) }));
  return (
    <section className="mt-6" aria-label={title}>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-0.5 mb-2 max-w-prose text-muted">{lead}</p>
      <div className="max-h-96 overflow-y-auto">
        <Table aria-label={title}>
          <TableHead>
            <tr>
              <HeadCell>File</HeadCell>
              <HeadCell>{reason}</HeadCell>
            </tr>
          </TableHead>
          <tbody>
            {inWords.map(({ file, why }) => (
              <Row key={`${file} ${why}`}>
                <Cell className="font-mono text-sm break-all">{file}</Cell>
                <Cell>{why}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
      {total > problems.length && (
        <p className="mt-1.5 text-sm text-muted">
          The first {problems.length.toLocaleString("en")} of {total.toLocaleString("en")} are shown; only
          these are kept.
        </p>
      )}
    </section>
  );
}
