import type { z } from "zod";
import { database } from "@/lib/platform/database";
import { invalid, notFound } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/generated/client";
import { type Actor, patientsReadableBy, requirePermission } from "@/lib/records/access";
import { readPage, type Seek } from "@/lib/records/pages";
import { patientScope } from "@/lib/records/patient-scope";
import type { ListSnapshotItems, SnapshotItemList, SnapshotItemRow } from "./schema";

/**
 * The labelled slices of a snapshot whose patients are in the actor's scope, by patient, study and position, a page at a
 * time: the version that was used, who stated it, and whether there is a newer one. Throws `not-found`.
 */
export async function listSnapshotItems(
  actor: Actor,
  input: z.output<typeof ListSnapshotItems>,
): Promise<SnapshotItemList> {
  requirePermission(actor, "model:read");
  requirePermission(actor, "study:read");
  const { snapshotId } = input;
  if (!(await database().snapshot.findUnique({ where: { id: snapshotId }, select: { id: true } })))
    throw notFound({ code: "no-such-snapshot" });
  const items = itemsWhere(actor, input);
  const page = await readPage(
    input.page,
    (seek) => readItems(items, seek),
    ({ patientKey, studyKey, position }) => [patientKey, studyKey, position],
  );
  return { ...page, total: await countItems(actor, input, items) };
}

/** Counted by patient where nothing but the patient and the split is asked for: a snapshot may hold a million slices. */
async function countItems(
  actor: Actor,
  { snapshotId, search, split, source, readerId, changed }: z.output<typeof ListSnapshotItems>,
  items: Prisma.Sql,
): Promise<number> {
  if (source !== "ANY" || readerId || changed !== "any") {
    const [counted] = await database().$queryRaw<
      { total: number }[]
    >`SELECT count(*)::int AS "total" ${items}`;
    return counted!.total;
  }
  const { _sum } = await database().snapshotPatient.aggregate({
    where: {
      snapshotId,
      ...(split === "ANY" ? {} : { split }),
      patient: {
        AND: [patientsReadableBy(actor), search ? { key: { contains: search, mode: "insensitive" } } : {}],
      },
    },
    _sum: { slices: true },
  });
  return _sum.slices ?? 0;
}

/** The items that are asked for, by patient: `p` is a patient of the snapshot, `r` one of that patient's items. */
function itemsWhere(actor: Actor, input: z.output<typeof ListSnapshotItems>): Prisma.Sql {
  const { snapshotId, search, split, source, readerId, changed } = input;
  const ofPatient = [
    Prisma.sql`sp."snapshotId" = ${snapshotId}::uuid`,
    patientScope(actor, Prisma.sql`sp."patientId"`),
    ...(search ? [Prisma.sql`position(lower(${search}) IN lower(pt."key")) > 0`] : []),
    ...(split === "ANY" ? [] : [Prisma.sql`sp."split" = ${split}::"Split"`]),
  ];
  const ofItem = [
    Prisma.sql`i."snapshotId" = ${snapshotId}::uuid`,
    Prisma.sql`i."patientId" = p."patientId"`,
    ...(source === "ANY" ? [] : [Prisma.sql`l."source" = ${source}::"LabelSource"`]),
    ...(readerId ? [Prisma.sql`l."authorId" = ${readerId}::uuid`] : []),
    ...(changed === "any" ? [] : [Prisma.sql`n."version" > l."version"`]),
  ];
  // OFFSET 0 keeps the planner from joining all of the snapshot's items before it sorts them.
  return Prisma.sql`
    FROM (
      SELECT sp."patientId", pt."key" AS "patientKey"
      FROM "SnapshotPatient" sp JOIN "Patient" pt ON pt."id" = sp."patientId"
      WHERE ${Prisma.join(ofPatient, " AND ")}
    ) p
    CROSS JOIN LATERAL (
      SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", i."split", l."version", l."labelClass",
        l."source", l."authorId", l."modelId", l."createdAt", n."version" AS "newestVersion"
      FROM "SnapshotItem" i
      JOIN "Slice" s ON s."id" = i."sliceId"
      JOIN "Study" t ON t."id" = s."studyId"
      JOIN "Label" l ON l."id" = i."labelId"
      JOIN "Label" n ON n."id" = s."currentLabelId"
      WHERE ${Prisma.join(ofItem, " AND ")}
      OFFSET 0
    ) r`;
}

function readItems(items: Prisma.Sql, { key, direction, take }: Seek): Promise<SnapshotItemRow[]> {
  if (key && key.length !== 3) throw invalid("page", { code: "no-such-page" });
  const [operator, order] =
    direction === "after" ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`];
  // The patient's key alone first: whole patients are passed over without their items.
  const behind = key
    ? Prisma.sql`WHERE p."patientKey" ${operator}= ${key[0]}::text
        AND (p."patientKey", r."studyKey", r."position") ${operator} (${key[0]}::text, ${key[1]}::text, ${key[2]}::int)`
    : Prisma.empty;
  return database().$queryRaw<SnapshotItemRow[]>`
    SELECT r."sliceId", r."studyId", r."studyKey", r."position", p."patientId", p."patientKey", r."split", r."version",
      r."labelClass", r."source",
      (SELECT u."name" FROM "User" u WHERE u."id" = r."authorId") AS "authorName",
      (SELECT m."number" FROM "Model" m WHERE m."id" = r."modelId") AS "modelNumber",
      r."createdAt" AS "labelledAt", r."newestVersion"
    ${items} ${behind}
    ORDER BY p."patientKey" ${order}, r."studyKey" ${order}, r."position" ${order}
    LIMIT ${take}`;
}
