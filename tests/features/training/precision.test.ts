import { afterAll, beforeEach, expect, it } from "vitest";
import { registerBase } from "@/lib/features/bases/register-base";
import { requestTraining } from "@/lib/features/training/request-training";
import { RequestTraining } from "@/lib/features/training/schema";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { emptyDatabase, makeActor, makeBase, makeModel, makeStudy } from "../../support/factories";

process.env.SULCUS_PRECISION = "int8";

beforeEach(emptyDatabase);
afterAll(disconnect);

async function baseOfNewRun(asked?: string) {
  const actor = await makeActor("READER");
  for (const key of ["TCGA_A_1", "TCGA_A_2"]) await makeStudy(key, [true, false]);
  const parameters = asked ? { baseSha256: asked } : {};
  const { runId } = await requestTraining(actor, RequestTraining.parse({ cohort: "REAL", parameters }));
  const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  return (run.parameters as { baseSha256?: string }).baseSha256;
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
