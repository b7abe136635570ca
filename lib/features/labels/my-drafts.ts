import { consistentRead } from "@/lib/platform/database";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import type { OtherDrafts, UnsavedDrawings } from "./schema";

/** Drawings of the list; the others are counted. */
const listed = 20;

/** The actor's drawings that are no labels yet, in all studies but the one that is named, the newest first. */
export async function myDrafts(actor: Actor, { besides }: OtherDrafts = {}): Promise<UnsavedDrawings> {
  requirePermission(actor, "label:write");
  if (actor.id === null) return { drawings: [], total: 0 };
  const slice = { AND: [slicesReadableBy(actor), besides ? { studyId: { not: besides } } : {}] };
  const where = { authorId: actor.id, done: { gt: 0 }, slice };
  return consistentRead(async (db) => {
    const drafts = await db.draft.findMany({
      where,
      orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      take: listed,
      select: {
        sliceId: true,
        updatedAt: true,
        slice: { select: { position: true, studyId: true, study: { select: { patientKey: true } } } },
      },
    });
    return {
      drawings: drafts.map(({ sliceId, updatedAt, slice: { position, studyId, study } }) => ({
        ...{ sliceId, updatedAt, position, studyId },
        patientKey: study.patientKey,
      })),
      total: await db.draft.count({ where }),
    };
  });
}
