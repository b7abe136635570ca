import { database } from "@/lib/platform/database";

/** A snapshot's patients by split, as hashed keys in order: the seen patients of a model's card. */
export async function hashesOfPatients(
  snapshotId: string,
): Promise<{ train: string[]; validation: string[]; test: string[] }> {
  const items = await database().snapshotItem.findMany({
    where: { snapshotId },
    distinct: ["patientId"],
    select: { split: true, patient: { select: { hashedKey: true } } },
  });
  const of = (split: string) =>
    items
      .filter((item) => item.split === split)
      .map((item) => item.patient.hashedKey)
      .sort();
  return { train: of("TRAIN"), validation: of("VALIDATION"), test: of("TEST") };
}
