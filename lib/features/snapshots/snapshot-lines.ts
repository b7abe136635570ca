import type { Transaction } from "@/lib/platform/database";
import type { Prisma } from "@/lib/platform/generated/client";
import type { FrozenContext, FrozenItem } from "./snapshot-hash";

/** Rows read at a time: a snapshot may hold a million slices, and memory stays flat. */
const batch = 5_000;

/** The labelled slices of a snapshot in its order, as they are hashed. */
export async function* frozenItems(db: Transaction, snapshotId: string): AsyncGenerator<FrozenItem> {
  yield* inBatches((first) => {
    return db.$queryRaw<(FrozenItem & { index: number })[]>`
      SELECT i."index", i."sliceId", s."pixelHash", i."labelId", l."version", l."labelClass", l."maskSha256", i."split"
      FROM "SnapshotItem" i
      JOIN "Slice" s ON s."id" = i."sliceId"
      JOIN "Label" l ON l."id" = i."labelId"
      WHERE i."snapshotId" = ${snapshotId}::uuid AND i."index" >= ${first}
      ORDER BY i."index" LIMIT ${batch}`;
  });
}

/** The context slices of a snapshot in its order, as they are hashed. */
export async function* frozenContext(db: Transaction, snapshotId: string): AsyncGenerator<FrozenContext> {
  yield* inBatches((first) => {
    return db.$queryRaw<(FrozenContext & { index: number })[]>`
      SELECT c."index", c."sliceId", s."pixelHash"
      FROM "SnapshotContext" c JOIN "Slice" s ON s."id" = c."sliceId"
      WHERE c."snapshotId" = ${snapshotId}::uuid AND c."index" >= ${first}
      ORDER BY c."index" LIMIT ${batch}`;
  });
}

/** Rows of one of the two lists before they have a snapshot: `from` names a table with the same columns and an index. */
export async function* unhashedRows<Row extends { index: number }>(
  db: Transaction,
  from: Prisma.Sql,
): AsyncGenerator<Row> {
  yield* inBatches(
    (first) =>
      db.$queryRaw<Row[]>`SELECT * FROM ${from} WHERE "index" >= ${first} ORDER BY "index" LIMIT ${batch}`,
  );
}

async function* inBatches<Row extends { index: number }>(
  read: (first: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let first = 0; ; ) {
    const rows = await read(first);
    yield* rows;
    if (rows.length < batch) return;
    first = rows.at(-1)!.index + 1;
  }
}
