import Link from "next/link";
import { Cell, HeadCell, Row, Table, TableHead } from "@/app/_ui/table";
import type { ReaderInModels } from "@/lib/features/snapshots/schema";
import { ModelState } from "../models/model-state";
import { inWords } from "../training/words";

/** Whose labels each model was trained on; nothing where all are from imports. */
export function ReadersInModels({ readers }: { readers: readonly ReaderInModels[] }) {
  if (readers.length === 0) return null;
  return (
    <section aria-label="Whose labels each model was trained on" className="grid gap-1.5">
      <h2 className="font-semibold">Whose labels each model was trained on</h2>
      <Table aria-label="Whose labels each model was trained on">
        <TableHead>
          <tr>
            <HeadCell>Reader</HeadCell>
            <HeadCell>Models, with the number of this reader’s labels they learned from</HeadCell>
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
        Labels of train and validation patients. Labels of test patients are only used to test models.
      </p>
    </section>
  );
}
