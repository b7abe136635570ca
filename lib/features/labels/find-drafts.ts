import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy, studiesReadableBy } from "@/lib/records/access";
import type { DraftView, StudyDrafts } from "./schema";

/**
 * What is being drawn in a study, oldest first: the actor's own drafts in full; of others, who still may sign in, the
 * name and the time only, and only where strokes stand. Throws `not-found` outside the actor's scope.
 */
export async function findDrafts(actor: Actor, { studyId }: { studyId: string }): Promise<StudyDrafts> {
  requirePermission(actor, "study:read");
  const db = database();
  const study = await db.study.findFirst({
    where: { AND: [{ id: studyId }, studiesReadableBy(actor)] },
    select: { id: true },
  });
  if (!study) throw notFound({ code: "no-such-study" });

  const slice = { AND: [{ studyId }, slicesReadableBy(actor)] };
  const [own, others] = await Promise.all([
    actor.id === null
      ? []
      : db.draft.findMany({ where: { slice, authorId: actor.id }, orderBy: { createdAt: "asc" } }),
    db.draft.findMany({
      where: {
        slice,
        done: { gt: 0 },
        author: { deactivatedAt: null },
        ...(actor.id === null ? {} : { authorId: { not: actor.id } }),
      },
      orderBy: { createdAt: "asc" },
      select: { sliceId: true, updatedAt: true, author: { select: { name: true } } },
    }),
  ]);
  return {
    own: own.map(({ authorId: _author, createdAt: _created, strokes, ...draft }) => ({
      ...draft,
      strokes: strokes as DraftView["strokes"],
    })),
    others: others.map(({ sliceId, updatedAt, author }) => ({ sliceId, updatedAt, authorName: author.name })),
  };
}
