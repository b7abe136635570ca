import { database, type Prisma } from "@/lib/platform/database";
import type { LabelClass } from "@/lib/platform/generated/enums";
import { type Actor, slicesReadableBy } from "../users/access";
import type { FlippedSlice, Flips } from "./schema";

/** Flipped slices that are named; the others are counted. */
const named = 50;

/**
 * The slices, in the actor's scope, that one model calls another class than the model in production: how many in each
 * direction, and on which side the current label is. Those where it would leave the label's side come first.
 */
export async function countFlips(
  actor: Actor,
  { modelId, productionId }: { modelId: string; productionId: string },
): Promise<Flips> {
  const called = (id: string, predictedClass: LabelClass): Prisma.SliceWhereInput => ({
    predictions: { some: { modelId: id, predictedClass } },
  });
  const directions = { toTumor: ["NO_TUMOR", "TUMOR"], toNoTumor: ["TUMOR", "NO_TUMOR"] } as const;
  const slices: FlippedSlice[] = [];
  for (const [before, after] of Object.values(directions)) {
    const found = await database().slice.findMany({
      where: { AND: [slicesReadableBy(actor), called(productionId, before), called(modelId, after)] },
      select: {
        id: true,
        position: true,
        study: { select: { id: true, key: true, patientId: true } },
        labels: { orderBy: { version: "desc" }, take: 1, select: { labelClass: true } },
      },
      orderBy: [{ study: { key: "asc" } }, { position: "asc" }],
    });
    for (const { id, position, study, labels } of found) {
      const labelClass = labels[0]?.labelClass ?? null;
      const agreement =
        labelClass === after ? "gained" : labelClass === before ? "lost" : ("unlabelled" as const);
      const { id: studyId, key: studyKey, patientId } = study;
      slices.push({ sliceId: id, studyId, studyKey, patientId, position, after, agreement });
    }
  }
  const countOf = (after: LabelClass) => {
    const own = slices.filter((slice) => slice.after === after);
    const of = (agreement: FlippedSlice["agreement"]) =>
      own.filter((slice) => slice.agreement === agreement).length;
    return { slices: own.length, gained: of("gained"), lost: of("lost"), unlabelled: of("unlabelled") };
  };
  const rank = { lost: 0, unlabelled: 1, gained: 2 };
  return {
    toTumor: countOf("TUMOR"),
    toNoTumor: countOf("NO_TUMOR"),
    patients: new Set(slices.map((slice) => slice.patientId)).size,
    first: slices.sort((a, b) => rank[a.agreement] - rank[b.agreement]).slice(0, named),
  };
}
