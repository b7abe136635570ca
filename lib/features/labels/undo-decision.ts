import { createHash } from "node:crypto";
import { database, type Transaction } from "@/lib/platform/database";
import { AppError, forbidden, notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { maskOnFile, noMask } from "./mask-on-file";
import { saidBy } from "./said-by";
import type { UndoDecision, UndoneDecision } from "./schema";
import { type Statement, writeVersion } from "./write-version";

/**
 * Undoes a decision of the actor, and those that were saved together with it. Each slice gets a new version that repeats
 * the label of before, with its author and source: an imported label is imported again, and its flags come back. A slice
 * that had no label has none again. Undoing the undo repeats the decision.
 *
 * A slice that someone has labelled since stays as it is, and is named. Sent twice with one `saveId` it is one version.
 *
 * Throws `forbidden` without `label:write` and for another person's decision; `not-found` outside the actor's scope;
 * `conflict` where every slice has been labelled since.
 */
export async function undoDecision(actor: Actor, { labelId, saveId }: UndoDecision): Promise<UndoneDecision> {
  requirePermission(actor, "label:write");
  const decisions = await findDecisions(actor, labelId);
  const undone: UndoneDecision["undone"] = [];
  const changedSince: number[] = [];
  let refusal: unknown;
  for (const { id, sliceId, version, slice } of decisions) {
    const basedOn = await versionThatStands(sliceId, version);
    const save = { sliceId, basedOn, saveId: idOf(saveId, id) };
    try {
      const label = await writeVersion(actor, save, (_standing, db) =>
        before(db, actor, { sliceId, version }),
      );
      undone.push({ sliceId, position: slice.position, label });
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "conflict") throw error;
      refusal = error;
      changedSince.push(slice.position);
    }
  }
  if (undone.length === 0) throw refusal;
  return { studyId: decisions[0]!.slice.studyId, undone, changedSince };
}

/** The decision and those that were saved with it, in the order of their slices: of each slice the newest. */
async function findDecisions(actor: Actor, labelId: string) {
  const decisionSelect = {
    id: true,
    sliceId: true,
    version: true,
    batchId: true,
    act: true,
    authorId: true,
    undoneById: true,
    slice: { select: { position: true, studyId: true } },
  } as const;
  const slice = slicesReadableBy(actor);
  const asked = await database().label.findFirst({
    where: { AND: [{ id: labelId }, { slice }] },
    select: decisionSelect,
  });
  if (!asked) throw notFound({ code: "no-such-label" });
  if ((asked.undoneById ?? asked.authorId) !== actor.id) throw forbidden({ code: "decision-is-anothers" });
  if (!asked.batchId) return [asked];
  const together = await database().label.findMany({
    where: {
      AND: [
        { batchId: asked.batchId, slice },
        { OR: [{ undoneById: actor.id }, { undoneById: null, authorId: actor.id }] },
      ],
    },
    orderBy: [{ slice: { position: "asc" } }, { version: "asc" }],
    select: decisionSelect,
  });
  const newest = new Map(
    together
      .filter(({ act }) => (act === "UNDONE") === (asked.act === "UNDONE"))
      .map((label) => [label.sliceId, label]),
  );
  return [...newest.values()];
}

/** The version that a decision is based on now: its own, or a later one that made it stand again. */
async function versionThatStands(sliceId: string, version: number): Promise<number> {
  const newest = await database().label.findFirst({ where: { sliceId }, orderBy: { version: "desc" } });
  return newest && saidBy(newest) === version ? newest.version : version;
}

/** What stands once a decision is taken back: what was said before it, or that the slice has no label. */
async function before(
  db: Transaction,
  actor: Actor,
  { sliceId, version }: { sliceId: string; version: number },
): Promise<Statement> {
  const versions = await db.label.findMany({ where: { sliceId, version: { lte: version } } });
  const byVersion = new Map(versions.map((label) => [label.version, label]));
  const decision = byVersion.get(version);
  const previous = byVersion.get(version - 1);
  const earlier = previous && byVersion.get(saidBy(previous) ?? 0);
  // Taken back with the others in one act again, should that be taken back in turn.
  const batchId = decision?.batchId ?? null;
  if (!earlier) {
    return {
      ...noMask,
      ...{
        reason: null,
        note: null,
        seenModelId: null,
        seenPTumor: null,
        modelId: null,
        restoredVersion: null,
      },
      labelClass: "WITHDRAWN",
      act: "UNDONE",
      source: "HUMAN",
      batchId,
      authorId: actor.id,
    };
  }
  const { labelClass, source, modelId, reason, note, seenModelId, seenPTumor, authorId } = earlier;
  return {
    labelClass,
    ...maskOnFile(earlier),
    // The decision stands once more where its taking back is taken back.
    act: decision?.act === "UNDONE" ? earlier.act : "UNDONE",
    source,
    modelId,
    reason,
    note,
    seenModelId,
    seenPTumor,
    restoredVersion: earlier.version,
    batchId,
    authorId,
  };
}

/** The id of one slice's save, the same whenever the request is sent again (a UUID of version 8, RFC 9562). */
function idOf(saveId: string, labelId: string): string {
  const bytes = createHash("sha256").update(`${saveId} ${labelId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
