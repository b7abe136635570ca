import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findProduction } from "@/lib/features/models/find-production";
import { trainingOutlook } from "@/lib/features/runs/training-outlook";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makeRun, makeStudy, storeMask } from "../../support/factories";

let reader: Actor;
beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
});
afterAll(disconnect);

type Said = { labelClass: "TUMOR" | "NO_TUMOR" | "CANNOT_TELL"; maskSha256?: string; areaPixels?: number };
const noTumor: Said = { labelClass: "NO_TUMOR" };

/** The next version of a slice's label, by a person; `act` UNDONE as undoing a decision writes it. */
async function label(sliceId: string, said: Said, given: { imported?: boolean; undone?: boolean } = {}) {
  const version = 1 + (await database().label.count({ where: { sliceId } }));
  await database().label.create({
    data: {
      ...{ sliceId, version, ...said },
      ...(given.imported ? { source: "IMPORTED" } : { source: "HUMAN", authorId: reader.id }),
      ...(given.undone ? { act: "UNDONE" } : {}),
    },
  });
}
/** The same figure in the header and among the training data. */
async function newLabels() {
  const inHeader = (await findProduction(systemActor))!.newLabels;
  const { cohorts } = await trainingOutlook(systemActor);
  expect(cohorts.find(({ cohort }) => cohort === "REAL")?.newLabels).toBe(inHeader);
  return inHeader;
}

describe("new labels", () => {
  it("are slices that a person labelled otherwise than the model in production has learned", async () => {
    const { patientId, sliceIds } = await makeStudy("TCGA_CS_0001", [true, true, false, null]);
    const [first, second, third, fourth] = sliceIds as [string, string, string, string];
    const run = await makeRun(null, { testPatientIds: [patientId] });
    await makeModel("PRODUCTION", { runId: run.id });
    expect(await newLabels()).toBe(0);

    await label(first, noTumor);
    expect(await newLabels()).toBe(1);
    // The same slice once more is one slice; another mask is another label; what was learned and kept is none.
    await label(first, { labelClass: "CANNOT_TELL" });
    const kept: Said = { labelClass: "TUMOR", maskSha256: await storeMask(5), areaPixels: 5 };
    await label(second, kept);
    await label(third, noTumor);
    expect(await newLabels()).toBe(1);
    await label(second, { labelClass: "TUMOR", maskSha256: await storeMask(7), areaPixels: 7 });
    await label(fourth, noTumor);
    expect(await newLabels()).toBe(3);

    // Taken back: the import's label stands again, and a person's that the model knows.
    await label(first, kept, { imported: true, undone: true });
    await label(second, kept, { undone: true });
    expect(await newLabels()).toBe(1);
  });

  it("are those of the model's cohort; imports are none", async () => {
    const real = await makeStudy("TCGA_CS_0001", [true, false]);
    const phantom = await makeStudy("PHANTOM_0001", [true, false], { cohort: "PHANTOM" });
    await makeModel("PRODUCTION");
    await label(phantom.sliceIds[0]!, noTumor);
    expect(await newLabels()).toBe(0);
    const { cohorts } = await trainingOutlook(systemActor);
    expect(cohorts.map(({ cohort, newLabels }) => [cohort, newLabels])).toEqual([
      ["REAL", 0],
      ["PHANTOM", 1],
    ]);
    // A model that was trained elsewhere has learned from none of them.
    await label(real.sliceIds[0]!, noTumor);
    expect(await newLabels()).toBe(1);
  });
});

it("the training data say what of them is kept for testing", async () => {
  const { patientId } = await makeStudy("TCGA_CS_0001", [true, true, null]);
  await makeStudy("TCGA_CS_0002", [true]);
  await database().patient.update({ where: { id: patientId }, data: { split: "TEST" } });
  expect((await trainingOutlook(systemActor)).cohorts).toMatchObject([
    { patients: 2, labelledSlices: 3, testPatients: 1, testSlices: 2 },
  ]);
});
