import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { ListFlagged } from "@/lib/features/flags/schema";
import { findGate } from "@/lib/features/models/find-gate";
import { listDecisions } from "@/lib/features/models/list-decisions";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { registerModel } from "@/lib/features/models/register-model";
import { rejectModel } from "@/lib/features/models/reject-model";
import { requestComparison } from "@/lib/features/models/request-comparison";
import { retireModel } from "@/lib/features/models/retire-model";
import { PromoteModel } from "@/lib/features/models/schema";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { systemActor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import {
  emptyDatabase,
  makeActor,
  makeBase,
  makeComparison,
  makeModel,
  makePredictions,
  makeRun,
  makeStudy,
} from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const good = { auc: [0.01, -0.005, 0.03] as [number, number, number] };
const bad = { auc: [-0.3, -0.4, -0.2] as [number, number, number] };
const reason = "no unseen patient is left, and readers ask for it";

const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });

describe("promotion", () => {
  it("retires the model before and queues predictions, in one step", async () => {
    const old = await makeModel("PRODUCTION");
    const next = await makeModel("CANDIDATE");
    await makeComparison(next, old, good);
    const { jobId } = await promoteModel(systemActor, { modelId: next.id });
    expect(await database().model.findUnique({ where: { id: old.id } })).toMatchObject({ state: "RETIRED" });
    expect(await database().model.findUnique({ where: { id: next.id } })).toMatchObject({
      state: "PRODUCTION",
    });
    expect(await database().job.findUnique({ where: { id: jobId } })).toMatchObject({
      kind: "predict-slices",
    });
  });

  it("leaves one model in production where two are promoted at once, the slower one being judged again", async () => {
    const old = await makeModel("PRODUCTION");
    const candidates = [await makeModel("CANDIDATE"), await makeModel("CANDIDATE")];
    for (const candidate of candidates) await makeComparison(candidate, old, good);
    const outcomes = await Promise.allSettled(
      candidates.map(({ id }) => promoteModel(systemActor, { modelId: id })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().model.count({ where: { state: "PRODUCTION" } })).toBe(1);
    expect(await database().modelDecision.count()).toBe(1);
  });

  it("shows the new model's flags and none of the old one's, and changes neither", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [true]);
    await makePredictions(await makeModel("PRODUCTION"), [[sliceIds[0]!, 0.1, 0]]);
    const shown = async () => (await listFlagged(systemActor, ListFlagged.parse({}))).total;
    expect(await shown()).toBe(1);
    const flags = await database().flag.findMany();
    await promoteModel(systemActor, { modelId: (await makeModel("CANDIDATE")).id, reason });
    expect(await shown()).toBe(0);
    expect(await database().flag.findMany()).toEqual(flags);
  });

  it("is refused for a model made on phantoms while real patients are here, and the preview says so", async () => {
    const model = await makeModel("CANDIDATE", { cohort: "PHANTOM" });
    expect((await previewPromotion(systemActor, { modelId: model.id })).refusals).toEqual([]);
    await makeStudy("TCGA_CS_0001", [true]);
    expect((await previewPromotion(systemActor, { modelId: model.id })).refusals).toHaveLength(1);
    await expect(promoteModel(systemActor, { modelId: model.id })).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  it("says how many slices it has not predicted; a phantoms' model leaves real patients alone", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [true, false]);
    await makeStudy("PHANTOM_01_0001", [true], { cohort: "PHANTOM" });
    const real = await makeModel("CANDIDATE");
    const phantom = await makeModel("CANDIDATE", { cohort: "PHANTOM" });
    expect((await previewPromotion(systemActor, { modelId: real.id })).lacking).toBe(3);
    expect((await previewPromotion(systemActor, { modelId: phantom.id })).lacking).toBe(1);
    await makePredictions(real, [[sliceIds[0]!, 0.9, 0]]);
    expect((await previewPromotion(systemActor, { modelId: real.id })).lacking).toBe(2);
  });

  it.each(["READER", "REVIEWER"] as const)("is refused to a %s", async (role) => {
    const modelId = (await makeModel("CANDIDATE")).id;
    const actor = await makeActor(role);
    for (const attempt of [
      () => promoteModel(actor, { modelId }),
      () => rejectModel(actor, { modelId, reason }),
      () => retireModel(actor, { modelId }),
      () => requestComparison(actor, { modelId }),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("is refused for a rejected model; the reason stays on its page", async () => {
    const model = await makeModel("CANDIDATE");
    await rejectModel(systemActor, { modelId: model.id, reason: "trained on wrong labels" });
    await expect(promoteModel(systemActor, { modelId: model.id })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await listDecisions(systemActor, { modelId: model.id })).toMatchObject([
      { kind: "REJECTED", reason: "trained on wrong labels", decidedBy: null },
    ]);
  });

  it("is open to a candidate that was put aside, but one in production is not put aside", async () => {
    const model = await makeModel("CANDIDATE");
    await retireModel(systemActor, { modelId: model.id });
    await promoteModel(systemActor, { modelId: model.id });
    await expect(retireModel(systemActor, { modelId: model.id })).rejects.toMatchObject({ kind: "conflict" });
    await expect(rejectModel(systemActor, { modelId: model.id, reason })).rejects.toMatchObject({
      said: { code: "production-cannot-leave", number: model.number },
    });
    expect((await production()).id).toBe(model.id);
  });

  it("is refused where the model's file is damaged, and production stays as it was", async () => {
    const old = await makeModel("PRODUCTION");
    const { id, number, artifactSha256 } = await makeModel("CANDIDATE");
    const damaged = { said: { because: [{ code: "model-file-damaged", number }] } };
    const file = path.join(env.dataFolder, "objects", artifactSha256.slice(0, 2), artifactSha256);
    await writeFile(file, "other bytes");
    await expect(promoteModel(systemActor, { modelId: id, reason })).rejects.toMatchObject(damaged);
    await rm(file);
    await expect(promoteModel(systemActor, { modelId: id, reason })).rejects.toMatchObject(damaged);
    expect((await production()).id).toBe(old.id);
  });
});

describe("the gate", () => {
  it("refuses a worse candidate, whatever reason is given, and nothing changes", async () => {
    const old = await makeModel("PRODUCTION");
    const { id } = await makeModel("CANDIDATE");
    await makeComparison({ id, cohort: "REAL" }, old, bad);
    const preview = await previewPromotion(systemActor, { modelId: id });
    expect(preview).toMatchObject({ needsReason: false, verdict: { outcome: "failed" } });
    for (const why of [undefined, reason]) {
      const refused = promoteModel(systemActor, { modelId: id, reason: why });
      await expect(refused).rejects.toMatchObject({
        kind: "conflict",
        said: { code: "not-promotable", because: preview.refusals },
      });
      expect(preview.refusals).toMatchObject([
        {
          code: "gate-refuses",
          production: old.number,
          figures: [
            { code: "figure-below-margin", figure: "auc", value: -0.3, low: -0.4, high: -0.2 },
            { code: "figure-below-margin", figure: "sensitivity" },
          ],
        },
      ]);
    }
    expect((await production()).id).toBe(old.id);
    expect(await database().modelDecision.count()).toBe(0);
    expect(await database().job.count()).toBe(0);
  });

  it("freezes what it said with the promotion", async () => {
    const old = await makeModel("PRODUCTION");
    const next = await makeModel("CANDIDATE");
    await makeComparison(next, old, good);
    await promoteModel(systemActor, { modelId: next.id });
    const [decision] = await listDecisions(systemActor, { modelId: next.id });
    expect(decision).toMatchObject({
      kind: "PROMOTED",
      modelNumber: next.number,
      previousNumber: old.number,
      reason: null,
      verdict: { outcome: "passed", margin: -0.01, patients: 20 },
    });
    const { id } = decision!;
    for (const change of [
      () => database().$executeRaw`UPDATE "ModelDecision" SET "reason" = 'another' WHERE "id" = ${id}::uuid`,
      () => database().$executeRaw`DELETE FROM "ModelDecision" WHERE "id" = ${id}::uuid`,
    ])
      await expect(change()).rejects.toThrow(/append-only/);
  });

  it.each([
    ["nobody is unseen", null],
    ["one patient gives no interval", [0.01, null, null] as [number, null, null]],
  ])(
    "where %s it takes a written reason, which stays on the model's page and in the audit",
    async (_, auc) => {
      const old = await makeModel("PRODUCTION");
      const next = await makeModel("CANDIDATE");
      if (auc) await makeComparison(next, old, { auc, patients: 1 });
      expect(await previewPromotion(systemActor, { modelId: next.id })).toMatchObject({
        refusals: [],
        needsReason: true,
        verdict: { outcome: "undecided" },
      });
      for (const why of [undefined, ""])
        await expect(promoteModel(systemActor, { modelId: next.id, reason: why })).rejects.toMatchObject({
          said: { code: "promotion-needs-reason", number: next.number },
        });
      await promoteModel(systemActor, { modelId: next.id, reason });
      const [decision] = await listDecisions(systemActor, { modelId: next.id });
      expect(decision).toMatchObject({ reason, verdict: { outcome: "undecided" } });
      const event = await database().auditEvent.findFirst({ where: { subjectId: next.id } });
      expect(event).toMatchObject({ action: "model.promoted", detail: { reason, gate: "undecided" } });
    },
  );

  it("takes no reason of a few letters", () => {
    const parse = (why: string) =>
      PromoteModel.safeParse({ modelId: crypto.randomUUID(), reason: why }).success;
    expect(["", "because", reason].map(parse)).toEqual([true, false, true]);
  });

  it("lets a first model in and says that there was none to compare it with", async () => {
    const { id } = await makeModel("CANDIDATE");
    await promoteModel(systemActor, { modelId: id });
    expect(await listDecisions(systemActor, { modelId: id })).toMatchObject([
      { previousNumber: null, verdict: { outcome: "no-production" } },
    ]);
  });

  it("wants a candidate compared again once another model is in production, on patients that one has not seen", async () => {
    const studies = [await makeStudy("TCGA_CS_0001", [true]), await makeStudy("TCGA_CS_0002", [false])];
    const run = await makeRun(null, { testPatientIds: studies.map(({ patientId }) => patientId) });
    const first = await makeModel("PRODUCTION");
    const { id } = await makeModel("CANDIDATE", { runId: run.id });
    await makeComparison({ id, cohort: "REAL" }, first, good);
    expect(await findGate(systemActor, { modelId: id })).toMatchObject({ verdict: { outcome: "passed" } });

    const second = await makeModel("CANDIDATE", { seenPatients: [hashPatientKey("TCGA_CS_0001")] });
    await promoteModel(systemActor, { modelId: second.id, reason });
    expect(await findGate(systemActor, { modelId: id })).toEqual({
      verdict: null,
      productionNumber: second.number,
      comparedBefore: first.number,
    });
    await expect(promoteModel(systemActor, { modelId: id, reason })).rejects.toMatchObject({
      said: { because: [{ code: "not-compared", production: second.number }] },
    });
    const asked = await requestComparison(systemActor, { modelId: id });
    expect(await requestComparison(systemActor, { modelId: id })).toEqual(asked);
    expect(await database().job.findUnique({ where: { id: asked.jobId } })).toMatchObject({
      kind: "compare-model",
      payload: { modelId: id },
    });

    const third = await makeModel("CANDIDATE", {
      seenPatients: studies.map((__, index) => hashPatientKey(`TCGA_CS_000${index + 1}`)),
    });
    await promoteModel(systemActor, { modelId: third.id, reason });
    expect((await findGate(systemActor, { modelId: id })).verdict).toMatchObject({ outcome: "undecided" });
    await expect(requestComparison(systemActor, { modelId: id })).rejects.toMatchObject({ kind: "conflict" });
  });
});

const samePerson = { said: { because: [{ code: "asked-for-by-same-person" }] } };

describe("two people", () => {
  it("an admin does not promote what came of the own run; another one does", async () => {
    const [asking, other] = [await makeActor("ADMIN"), await makeActor("ADMIN")];
    const { id } = await makeModel("CANDIDATE", { runId: (await makeRun(asking.id)).id });
    expect((await previewPromotion(asking, { modelId: id })).refusals).toHaveLength(1);
    await expect(promoteModel(asking, { modelId: id })).rejects.toMatchObject(samePerson);
    await promoteModel(other, { modelId: id });
    expect(await listDecisions(other, { modelId: id })).toMatchObject([
      { decidedBy: other.name, onlyAdmin: false },
    ]);
  });

  it("the only active admin may, and it is said on the page and in the audit", async () => {
    const [asking, left] = [await makeActor("ADMIN"), await makeActor("ADMIN")];
    await makeActor("REVIEWER");
    const { id } = await makeModel("CANDIDATE", { runId: (await makeRun(asking.id)).id });
    await expect(promoteModel(asking, { modelId: id })).rejects.toMatchObject(samePerson);
    await database().user.update({ where: { id: left.id! }, data: { deactivatedAt: new Date() } });
    expect((await previewPromotion(asking, { modelId: id })).notes).toContainEqual({
      code: "only-admin",
    });
    await promoteModel(asking, { modelId: id });
    expect(await listDecisions(asking, { modelId: id })).toMatchObject([{ onlyAdmin: true }]);
    const event = await database().auditEvent.findFirst({ where: { subjectId: id } });
    expect(event!.detail).toMatchObject({ onlyAdmin: true });
  });

  it("a run of the command line was nobody's, so any admin may promote what came of it", async () => {
    const [admin] = [await makeActor("ADMIN"), await makeActor("ADMIN")];
    const { id } = await makeModel("CANDIDATE", { runId: (await makeRun(null)).id });
    await promoteModel(admin, { modelId: id });
    expect((await production()).id).toBe(id);
  });
});

describe("a model", () => {
  it("is the same model when its artifact is registered again", async () => {
    const model = {
      artifactSha256: "a".repeat(64),
      baseSha256: await makeBase({ seenPatients: ["c"] }),
      cohort: "REAL" as const,
      threshold: 0.4,
      temperature: 1.2,
      patients: { train: ["a"], test: ["t"] },
      card: {},
      runId: null,
    };
    const ids = await Promise.all([1, 2].map(() => transaction((db) => registerModel(db, model))));
    expect(ids[0]).toBe(ids[1]);
    expect(await database().model.findMany()).toMatchObject([{ id: ids[0] }]);
    expect(await seenPatients(ids[0]!)).toEqual(["a", "c"]);
  });

  it("never changes but for its state", async () => {
    const { id } = await makeModel("CANDIDATE");
    await expect(database().model.update({ where: { id }, data: { threshold: 0.1 } })).rejects.toThrow();
    await database().model.update({ where: { id }, data: { state: "RETIRED" } });
  });
});
