import { database } from "@/lib/platform/database";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { labelInclude, viewLabel } from "@/lib/records/label-view";
import { type DecisionRow, rememberedDecisions } from "./schema";

/** The actor's newest decisions, newest first, those taken back included. */
export async function myDecisions(actor: Actor): Promise<DecisionRow[]> {
  requirePermission(actor, "label:write");
  if (!actor.id) return [];
  const labels = await database().label.findMany({
    where: {
      AND: [
        { authorId: actor.id, source: { not: "IMPORTED" } },
        // What stands again is no decision of now.
        { OR: [{ act: null }, { act: { not: "UNDONE" } }] },
        { slice: slicesReadableBy(actor) },
      ],
    },
    orderBy: { createdAt: "desc" },
    take: rememberedDecisions,
    include: {
      ...labelInclude,
      slice: {
        select: {
          position: true,
          studyId: true,
          labelVersion: true,
          study: { select: { patientKey: true } },
        },
      },
    },
  });
  const takenBack = await versionsTakenBack(labels);
  return labels.map(({ slice, ...label }) => ({
    label: viewLabel(label),
    sliceId: label.sliceId,
    studyId: slice.studyId,
    patientKey: slice.study.patientKey,
    position: slice.position,
    batchId: label.batchId,
    state:
      slice.labelVersion === label.version
        ? "stands"
        : takenBack.has(`${label.sliceId} ${label.version}`)
          ? "taken-back"
          : "changed-since",
  }));
}

/** Slices with the versions that the next version took back. */
async function versionsTakenBack(
  labels: readonly { sliceId: string; version: number }[],
): Promise<Set<string>> {
  const after = await database().label.findMany({
    where: {
      act: "UNDONE",
      OR: labels.map(({ sliceId, version }) => ({ sliceId, version: version + 1 })),
    },
    select: { sliceId: true, version: true },
  });
  return new Set(after.map(({ sliceId, version }) => `${sliceId} ${version - 1}`));
}
