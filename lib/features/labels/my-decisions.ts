import { database } from "@/lib/platform/database";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { labelInclude, viewLabel } from "@/lib/records/label-view";
import { saidBy } from "./said-by";
import { type DecisionRow, rememberedDecisions } from "./schema";
import type { LabelRow } from "./write-version";

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
  const later = await versionsBeside(labels);
  return labels.map(({ slice, ...label }) => ({
    label: viewLabel(label),
    sliceId: label.sliceId,
    studyId: slice.studyId,
    patientKey: slice.study.patientKey,
    position: slice.position,
    batchId: label.batchId,
    state: stateOf(label, later.get(label.sliceId) ?? []),
  }));
}

type Version = Pick<LabelRow, "sliceId" | "version" | "labelClass" | "act" | "restoredVersion">;

/** `later` are the newest version of the slice and the one after the decision. */
function stateOf({ version }: Version, later: readonly Version[]): DecisionRow["state"] {
  const newest = later.reduce((one, other) => (other.version > one.version ? other : one), later[0]!);
  if (saidBy(newest) === version) return "stands";
  return later.some((next) => next.version === version + 1 && next.act === "UNDONE")
    ? "taken-back"
    : "changed-since";
}

/** By slice: the newest versions, and those that came right after the decisions. */
async function versionsBeside(
  decisions: readonly (Version & { slice: { labelVersion: number } })[],
): Promise<Map<string, Version[]>> {
  const versions = await database().label.findMany({
    where: {
      OR: decisions.map(({ sliceId, version, slice }) => ({
        sliceId,
        version: { in: [version + 1, slice.labelVersion] },
      })),
    },
    select: { sliceId: true, version: true, labelClass: true, act: true, restoredVersion: true },
  });
  const bySlice = new Map<string, Version[]>();
  for (const label of versions) bySlice.set(label.sliceId, [...(bySlice.get(label.sliceId) ?? []), label]);
  return bySlice;
}
