import Link from "next/link";
import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import type { ReaderInModels } from "@/lib/features/snapshots/schema";
import { ModelState } from "../models/model-state";
import { inWords } from "../training/words";

/** Whose labels models learned from; nothing where they learned from imports alone. */
export function ReadersInModels({ readers }: { readers: readonly ReaderInModels[] }) {
  if (readers.length === 0) return null;
  return (
    <section aria-label="Models by whose labels they learned from" className="grid gap-1.5">
      <h2 className="font-semibold">Models by whose labels they learned from</h2>
      <Table aria-label="Models by whose labels they learned from">
        <TableHead>
          <tr>
            <HeadCell>Reader</HeadCell>
            <HeadCell>Models, and labels of this reader that they learned from</HeadCell>
          </tr>
        </TableHead>
        <tbody>
          {readers.map(({ readerId, readerName, models }) => (
            <Row key={readerId}>
              <Cell className="align-baseline whitespace-nowrap">{readerName}</Cell>
              <Cell>
                <ul className="flex flex-wrap gap-x-5 gap-y-1">
                  {models.map((model) => (
                    <li key={model.id} className="whitespace-nowrap">
                      <Link
                        href={`/models/${model.id}`}
                        className="text-accent underline-offset-2 hover:underline"
                      >
                        Model {model.number}
                      </Link>{" "}
                      <span className="text-sm">
                        <ModelState state={model.state} />
                      </span>{" "}
                      <Link
                        href={`/training/snapshots/${model.snapshotId}?readerId=${readerId}#items`}
                        className="text-muted underline-offset-2 hover:text-text hover:underline"
                      >
                        {inWords(model.labels, "label")}
                      </Link>
                    </li>
                  ))}
                </ul>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="text-muted">
        Train and validation patients alone; a test patient’s labels are what models are scored on.
      </p>
    </section>
  );
}
