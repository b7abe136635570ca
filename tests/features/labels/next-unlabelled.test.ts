import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { saveLabel } from "@/lib/features/labels/save-label";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeStudy, removeLabels } from "../../support/factories";

let reader: Actor;
beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
});
afterAll(disconnect);

const noTumor = (actor: Actor, sliceId: string) =>
  saveLabel(actor, {
    sliceId,
    basedOn: 0,
    saveId: randomUUID(),
    modelId: null,
    labelClass: "NO_TUMOR",
    act: "state",
    mask: "none",
  });

/** Labels slice after slice as they are offered, from one on; gives the patients in that order. */
async function labelAll(actor: Actor, from: string): Promise<string[]> {
  const patients: string[] = [];
  for (let next: { sliceId: string } | null = { sliceId: from }; next; ) {
    await noTumor(actor, next.sliceId);
    const { study } = await database().slice.findUniqueOrThrow({
      where: { id: next.sliceId },
      include: { study: true },
    });
    patients.push(study.patientId);
    next = await nextUnlabelled(actor, next);
  }
  return patients;
}

it("goes round the patients evenly, each slice once, until every slice has a label", async () => {
  const studies = [
    await makeStudy("TCGA_CS_0001", [null, null, null, null]),
    await makeStudy("TCGA_CS_0002", [null, null, null, null]),
    await makeStudy("TCGA_DU_0003", [null, null]),
  ];
  const patients = await labelAll(reader, studies[0]!.sliceIds[1]!);
  expect(patients).toHaveLength(10);
  for (const round of [patients.slice(0, 3), patients.slice(3, 6)]) expect(new Set(round).size).toBe(3);
  for (const round of [patients.slice(6, 8), patients.slice(8)])
    expect(new Set(round)).toEqual(new Set([studies[0]!.patientId, studies[1]!.patientId]));
  expect(await database().label.count()).toBe(10);
});

it("offers the patients with the fewest labels, in any study of theirs, and stays in the cohort", async () => {
  const { sliceIds, patientId } = await makeStudy("TCGA_CS_0001", [true, false, null]);
  const later = await makeStudy("TCGA_CS_0002", [null]);
  await database().study.update({ where: { id: later.studyId }, data: { patientId } });
  await makeStudy("PHANTOM_01_0001", [null], { cohort: "PHANTOM" });
  const few = await makeStudy("TCGA_DU_0003", [true, null, null]);
  const offered = await nextUnlabelled(reader, { sliceId: sliceIds[2]! });
  expect(few.sliceIds.slice(1)).toContain(offered!.sliceId);
  expect(offered!.studyId).toBe(few.studyId);

  for (const sliceId of few.sliceIds.slice(1)) await noTumor(reader, sliceId);
  await noTumor(reader, sliceIds[2]!);
  const position = 1;
  expect(await nextUnlabelled(reader, { sliceId: sliceIds[0]! })).toEqual({
    studyId: later.studyId,
    sliceId: later.sliceIds[0],
    position,
  });
  // The slice at hand is not offered again, its label may be on its way.
  expect(await nextUnlabelled(reader, { sliceId: later.sliceIds[0]! })).toBeNull();
});

it("offers the same before the slice at hand is labelled as after: it can be fetched ahead", async () => {
  const { sliceIds } = await makeStudy("TCGA_CS_0001", [null, null]);
  const other = await makeStudy("TCGA_CS_0002", [null, null]);
  for (const sliceId of [...sliceIds, ...other.sliceIds]) {
    const before = await nextUnlabelled(reader, { sliceId });
    expect(before && [sliceIds, other.sliceIds].find((ids) => ids.includes(before.sliceId))).not.toContain(
      sliceId,
    );
    await noTumor(reader, sliceId);
    expect(await nextUnlabelled(reader, { sliceId })).toEqual(before);
    await removeLabels();
  }
});

it("gives each reader an order of their own, the same whenever they ask", async () => {
  const { sliceIds } = await makeStudy("TCGA_CS_0001", Array(40).fill(null));
  const readers = [reader, ...(await Promise.all([0, 1, 2, 3].map(() => makeActor("READER"))))];
  const ask = () => Promise.all(readers.map((one) => nextUnlabelled(one, { sliceId: sliceIds[0]! })));
  const offered = await ask();
  expect(new Set(offered.map((next) => next!.sliceId)).size).toBeGreaterThan(1);
  expect(await ask()).toEqual(offered);
});

it("says that a slice outside the reader's scope is not there, and refuses who may not read", async () => {
  await expect(nextUnlabelled(reader, { sliceId: randomUUID() })).rejects.toMatchObject({
    kind: "not-found",
  });
  const stranger = { ...reader, role: "VISITOR" as Actor["role"] };
  await expect(nextUnlabelled(stranger, { sliceId: randomUUID() })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
