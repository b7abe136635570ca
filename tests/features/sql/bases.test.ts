import { createHash } from "node:crypto";
import { afterAll, beforeEach, it, vi } from "vitest";
import { baseAtPrecision } from "@/lib/features/bases/base-at-precision";
import { importBase, refuseKnownBase } from "@/lib/features/bases/import-base";
import { listBases } from "@/lib/features/bases/list-bases";
import { enterBase, registerBase } from "@/lib/features/bases/register-base";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeBase, makeModel } from "../../support/factories";
import { randomHash } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let parent: string;
beforeEach(async () => {
  await emptyDatabase();
  parent = await makeBase({ seenPatients: [randomHash(), randomHash()] });
  await makeModel("PRODUCTION", { baseSha256: parent });
  await makeBase({ name: "another base" });
});
afterAll(disconnect);

const newBase = () => ({
  ...{ sha256: randomHash(), name: "a new base", parentSha256: parent, runId: null },
  ...{ seenPatients: [randomHash(), randomHash()], outputs: ["features"] as const, card: { made: "here" } },
});

it("baseAtPrecision", () =>
  expectSql("bases/base-at-precision", {
    "as it is": () => baseAtPrecision(database(), parent, "F32"),
    "its int8 form": () => baseAtPrecision(database(), parent, "INT8"),
  }));
it("importBase", async () => {
  const file = new TextEncoder().encode("a base's file");
  const sha256 = createHash("sha256").update(file).digest("hex");
  await expectSql("bases/import-base", {
    refuseKnownBase: () => refuseKnownBase(systemActor, { name: "an imported base", sha256 }),
    importBase: () => importBase(systemActor, { ...newBase(), file, sha256, name: "an imported base" }),
  });
});
it("listBases", () => expectSql("bases/list-bases", () => listBases(systemActor)));
it("registerBase", () => {
  const base = newBase();
  return expectSql("bases/register-base", {
    registerBase: () => transaction((db) => registerBase(db, base)),
    "enterBase, one that is there": () => enterBase(base),
  });
});
it("registeredBase", () => expectSql("bases/registered-base", () => registeredBase(parent)));
