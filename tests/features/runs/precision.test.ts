import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { registerBase } from "@/lib/features/bases/register-base";
import type { BaseOutput } from "@/lib/features/bases/schema";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { putObject } from "@/lib/platform/storage";
import { emptyDatabase, makeActor, makeBase, makeModel, makeStudy } from "../../support/factories";

process.env.SULCUS_PRECISION = "int8";

beforeEach(async () => {
  await emptyDatabase();
  for (const key of ["TCGA_A_1", "TCGA_A_2"]) await makeStudy(key, [true, false]);
});
afterAll(disconnect);

async function baseOfNewRun(asked?: string, backbone: "frozen" | "all" = "frozen") {
  const actor = await makeActor("READER");
  const parameters = { backbone, ...(asked && { baseSha256: asked }) };
  const { runId } = await requestTraining(actor, RequestTraining.parse({ cohort: "REAL", parameters }));
  const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  return (run.parameters as { baseSha256?: string }).baseSha256;
}

/** A base whose file is in the object store. */
async function makeStoredBase(outputs: BaseOutput[] = ["features", "mask", "gap"]) {
  const sha256 = await putObject(randomBytes(8));
  await transaction((db) =>
    registerBase(db, {
      sha256,
      name: `a base ${sha256.slice(0, 8)}`,
      parentSha256: null,
      runId: null,
      seenPatients: [],
      outputs,
      card: { made: "here" },
    }),
  );
  return sha256;
}

const registerForm = (parentSha256: string) =>
  transaction((db) =>
    registerBase(db, {
      sha256: "d".repeat(64),
      name: "a base int8",
      parentSha256,
      runId: null,
      seenPatients: [],
      outputs: ["features"],
      precision: "INT8",
      card: { precision: "int8" },
    }),
  );

it("a run stands on the int8 form of production's base where int8 is set", async () => {
  const base = await makeBase();
  await makeModel("PRODUCTION", { baseSha256: base });
  const form = await registerForm(base);
  expect(await baseOfNewRun()).toBe(form);
});

it("a run stands on production's base where that has no int8 form", async () => {
  const base = await makeBase();
  await makeModel("PRODUCTION", { baseSha256: base });
  expect(await baseOfNewRun()).toBe(base);
});

it("a base that was asked for is taken as it is", async () => {
  const base = await makeBase();
  await makeModel("PRODUCTION", { baseSha256: base });
  await registerForm(base);
  expect(await baseOfNewRun(base)).toBe(base);
});

describe("a base that is to learn", () => {
  it("is taken in float32, production's and one that was asked for in int8 alike", async () => {
    const base = await makeStoredBase();
    const form = await registerForm(base);
    await makeModel("PRODUCTION", { baseSha256: form });
    expect(await baseOfNewRun(undefined, "all")).toBe(base);
    await database().job.updateMany({ data: { status: "CANCELLED", finishedAt: new Date() } });
    expect(await baseOfNewRun(form, "all")).toBe(base);
  });

  it("is refused where it was asked for in int8 and its float32 form's file is not there", async () => {
    const form = await registerForm(await makeBase());
    await expect(baseOfNewRun(form, "all")).rejects.toMatchObject({
      kind: "invalid",
      field: "backbone",
      said: { code: "int8-cannot-learn", base: expect.stringMatching(/ int8$/) },
    });
    expect(await database().trainingRun.count()).toBe(0);
    expect(await baseOfNewRun(form)).toBe(form);
  });

  it("is refused where its float32 form has no masks to learn from", async () => {
    const form = await registerForm(await makeStoredBase(["features"]));
    await expect(baseOfNewRun(form, "all")).rejects.toMatchObject({ kind: "invalid", field: "backbone" });
  });
});
