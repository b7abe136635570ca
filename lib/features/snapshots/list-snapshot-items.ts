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
  const page = await readPage(
    input.page,
    (seek) => readItems(actor, input, seek),
    ({ patientKey, studyKey, position }) => [patientKey, studyKey, position],
  );
  return { ...page, total: await countItems(actor, input) };
}

type Asked = z.output<typeof ListSnapshotItems>;

/** Counted by patient where nothing but the patient and the split is asked for: a snapshot may hold a million slices. */
async function countItems(actor: Actor, asked: Asked): Promise<number> {
  const { snapshotId, search, split, source, readerId, changed } = asked;
  if (source !== "ANY" || readerId || changed !== "any") {
    const [counted] = await database().$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS "total"
      FROM "SnapshotItem" i
      JOIN "SnapshotPatient" sp ON sp."snapshotId" = i."snapshotId" AND sp."patientId" = i."patientId"
      JOIN "Patient" pt ON pt."id" = sp."patientId"
      JOIN "Slice" s ON s."id" = i."sliceId"
      JOIN "Label" l ON l."id" = i."labelId"
      WHERE ${Prisma.join([...ofPatient(actor, asked), ...ofItem(asked)], " AND ")}`;
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

/** What is asked of a patient of the snapshot: `sp`, with `pt`. */
function ofPatient(actor: Actor, { snapshotId, search, split }: Asked): Prisma.Sql[] {
  return [
    Prisma.sql`sp."snapshotId" = ${snapshotId}::uuid`,
    patientScope(actor, Prisma.sql`sp."patientId"`),
    ...(search ? [Prisma.sql`position(lower(${search}) IN lower(pt."key")) > 0`] : []),
    ...(split === "ANY" ? [] : [Prisma.sql`sp."split" = ${split}::"Split"`]),
  ];
}

/** What is asked of an item `i` of slice `s` with label `l`. A label that was taken back since has changed, too. */
function ofItem({ snapshotId, source, readerId, changed }: Asked): Prisma.Sql[] {
  return [
    Prisma.sql`i."snapshotId" = ${snapshotId}::uuid`,
    ...(source === "ANY" ? [] : [Prisma.sql`l."source" = ${source}::"LabelSource"`]),
    ...(readerId ? [Prisma.sql`l."authorId" = ${readerId}::uuid`] : []),
    ...(changed === "any" ? [] : [Prisma.sql`s."labelVersion" > l."version"`]),
  ];
}

interface PatientOfSnapshot {
  patientId: string;
  patientKey: string;
}

/** Patients that are read at a time, at first and at most. */
const fewPatients = 20;
const mostPatients = 1_000;

/**
 * The items of a page. Patients come first, in their order and a few at a time, then the items of these alone: a query
 * over all items that sorts and then stops is planned well on one day and reads everything on another.
 */
async function readItems(actor: Actor, asked: Asked, seek: Seek): Promise<SnapshotItemRow[]> {
  const { key, take } = seek;
  if (key && key.length !== 3) throw invalid("page", { code: "no-such-page" });
  const rows: SnapshotItemRow[] = [];
  let after: string | null = null;
  for (let many = fewPatients; ; many = Math.min(mostPatients, 4 * many)) {
    const patients: PatientOfSnapshot[] = await readPatients(actor, asked, seek, after, many);
    rows.push(...(await itemsOf(asked, patients, seek, take - rows.length)));
    if (rows.length >= take || patients.length < many) return rows;
    after = patients.at(-1)!.patientKey;
  }
}

/** Patients from the one that the page begins with; after `after`, where some were read already. */
function readPatients(
  actor: Actor,
  asked: Asked,
  { key, direction }: Seek,
  after: string | null,
  many: number,
): Promise<PatientOfSnapshot[]> {
  const isAfter = direction === "after";
  const order = isAfter ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = isAfter ? Prisma.sql`>` : Prisma.sql`<`;
  const conditions = [
    ...ofPatient(actor, asked),
    ...(after !== null
      ? [Prisma.sql`pt."key" ${beyond} ${after}::text`]
      : key
        ? // The patient at hand may have more items.
          [Prisma.sql`pt."key" ${beyond}= ${key[0]}::text`]
        : []),
  ];
  return database().$queryRaw<PatientOfSnapshot[]>`
    SELECT sp."patientId", pt."key" AS "patientKey"
    FROM "SnapshotPatient" sp JOIN "Patient" pt ON pt."id" = sp."patientId"
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY pt."key" ${order}
    LIMIT ${many}`;
}

async function itemsOf(
  asked: Asked,
  patients: readonly PatientOfSnapshot[],
  { key, direction }: Seek,
  take: number,
): Promise<SnapshotItemRow[]> {
  if (patients.length === 0) return [];
  const [operator, order] =
    direction === "after" ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`];
  const behind = key
    ? Prisma.sql`AND (pt."key", t."key", s."position") ${operator} (${key[0]}::text, ${key[1]}::text, ${key[2]}::int)`
    : Prisma.empty;
  return database().$queryRaw<SnapshotItemRow[]>`
    SELECT i."sliceId", s."studyId", t."key" AS "studyKey", s."position", pt."id" AS "patientId",
      pt."key" AS "patientKey", i."split", l."version", l."labelClass", l."source",
      (SELECT u."name" FROM "User" u WHERE u."id" = l."authorId") AS "authorName",
      (SELECT m."number" FROM "Model" m WHERE m."id" = l."modelId") AS "modelNumber",
      l."createdAt" AS "labelledAt", s."labelVersion" AS "newestVersion"
    FROM "SnapshotItem" i
    JOIN "Patient" pt ON pt."id" = i."patientId"
    JOIN "Slice" s ON s."id" = i."sliceId"
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Label" l ON l."id" = i."labelId"
    WHERE i."patientId" = ANY (${patients.map(({ patientId }) => patientId)}::uuid[])
      AND ${Prisma.join(ofItem(asked), " AND ")} ${behind}
    ORDER BY pt."key" ${order}, t."key" ${order}, s."position" ${order}
    LIMIT ${take}`;
}
