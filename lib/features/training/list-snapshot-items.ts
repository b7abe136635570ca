import type { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { pageCount, pageSize } from "../studies/pages";
import { type Actor, patientsReadableBy, requirePermission } from "../users/access";
import type { ListSnapshotItems, SnapshotItemList, SnapshotItemRow } from "./snapshot-schema";

/**
 * The labelled slices of a snapshot whose patients are in the actor's scope, by patient, study and position, 50 a page:
 * the version that was used, who stated it, and whether there is a newer one. Throws `not-found`.
 */
export async function listSnapshotItems(
  actor: Actor,
  input: z.output<typeof ListSnapshotItems>,
): Promise<SnapshotItemList> {
  requirePermission(actor, "model:read");
  requirePermission(actor, "study:read");
  const { snapshotId, search, split, source, readerId, changed, page } = input;
  if (!(await database().snapshot.findUnique({ where: { id: snapshotId }, select: { id: true } })))
    throw notFound("snapshot");
  const patients = await database().patient.findMany({
    where: {
      AND: [
        { snapshotItems: { some: { snapshotId } } },
        patientsReadableBy(actor),
        search ? { key: { contains: search, mode: "insensitive" } } : {},
      ],
    },
    select: { id: true },
  });
  const rowsFrom = (from: number) => database().$queryRaw<(SnapshotItemRow & { total: number })[]>`
    SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."patientId", pt."key" AS "patientKey",
      i."split", l."version", l."labelClass", l."source", u."name" AS "authorName", m."number" AS "modelNumber",
      l."createdAt" AS "labelledAt", n."version" AS "newestVersion", count(*) OVER ()::int AS "total"
    FROM "SnapshotItem" i
    JOIN "Slice" s ON s."id" = i."sliceId"
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = i."patientId"
    JOIN "Label" l ON l."id" = i."labelId"
    LEFT JOIN "User" u ON u."id" = l."authorId"
    LEFT JOIN "Model" m ON m."id" = l."modelId"
    JOIN LATERAL (
      SELECT "version" FROM "Label" WHERE "sliceId" = i."sliceId" ORDER BY "version" DESC LIMIT 1
    ) n ON true
    WHERE i."snapshotId" = ${snapshotId}::uuid
      AND i."patientId" = ANY (${patients.map(({ id }) => id)}::uuid[])
      AND (${split} = 'ANY' OR i."split"::text = ${split})
      AND (${source} = 'ANY' OR l."source"::text = ${source})
      AND (${readerId ?? null}::uuid IS NULL OR l."authorId" = ${readerId ?? null}::uuid)
      AND (${changed} = 'any' OR n."version" > l."version")
    ORDER BY pt."key", t."key", s."position"
    LIMIT ${pageSize} OFFSET ${from}`;

  let current = page;
  let rows = await rowsFrom((page - 1) * pageSize);
  if (rows.length === 0 && page > 1) {
    // Beyond the last page there is no row to count by.
    current = pageCount((await rowsFrom(0))[0]?.total ?? 0);
    rows = await rowsFrom((current - 1) * pageSize);
  }
  const total = rows[0]?.total ?? 0;
  return {
    rows: rows.map(({ total: _, ...row }) => row),
    total,
    page: rows.length > 0 ? current : 1,
    pages: pageCount(total),
  };
}
