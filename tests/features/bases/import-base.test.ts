import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type ImportBase, importBase } from "@/lib/features/bases/import-base";
import { readSeenPatients, seenPatientsOfCard } from "@/lib/features/bases/read-seen-patients";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { database, disconnect } from "@/lib/platform/database";
import { getObject, hasObject } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { emptyDatabase, makeActor } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

/** Files of bases are checked before: to the registry they are bytes. */
function someBase(name: string): ImportBase {
  const file = Buffer.from(randomUUID());
  const sha256 = createHash("sha256").update(file).digest("hex");
  return { name, file, sha256, outputs: ["features"], seenPatients: ["p"], card: { imported: {} } };
}

describe("importing a base", () => {
  it("stores its file, enters it and records who did", async () => {
    const admin = await makeActor("ADMIN");
    const base = someBase("another");
    await importBase(admin, base);
    expect(await database().base.findMany()).toMatchObject([
      { sha256: base.sha256, name: "another", parentSha256: null, runId: null },
    ]);
    expect((await registeredBase(base.sha256)).seenPatients).toEqual(["p"]);
    expect(await getObject(base.sha256)).toEqual(Buffer.from(base.file));
    expect(await database().auditEvent.findFirst({ where: { subjectId: base.sha256 } })).toMatchObject({
      action: "base.imported",
      actorId: admin.id,
      detail: { name: "another", outputs: ["features"], seenPatients: 1 },
    });
  });

  it("is an admin's matter", async () => {
    const base = someBase("another");
    for (const role of ["READER", "REVIEWER"] as const)
      await expect(importBase(await makeActor(role), base)).rejects.toMatchObject({ kind: "forbidden" });
    expect(hasObject(base.sha256)).toBe(false);
  });

  it("is refused for the same file, a name in use, and no name, and changes nothing", async () => {
    const base = someBase("one");
    await importBase(systemActor, base);
    const again = importBase(systemActor, { ...base, name: "two", seenPatients: [] });
    await expect(again).rejects.toMatchObject({ said: { code: "base-known", name: "one" } });
    const other = someBase("one");
    await expect(importBase(systemActor, other)).rejects.toMatchObject({
      said: { code: "base-name-taken", name: "one" },
    });
    for (const name of ["", " x", "x".repeat(101)])
      await expect(importBase(systemActor, { ...other, name })).rejects.toMatchObject({ kind: "invalid" });
    expect(await database().base.count()).toBe(1);
    expect(hasObject(other.sha256)).toBe(false);
  });
});

describe("the patients that a base has seen", () => {
  it("is read from keys and hashes, each patient once", () => {
    const hash = hashPatientKey("TCGA_CS_4941");
    const text = `# trained in 2025\nTCGA_CS_4941\r\n${hash}\n\n TCGA_DU_5849 \n`;
    expect(readSeenPatients(text)).toEqual([hash, hashPatientKey("TCGA_DU_5849")].sort());
  });

  it("must be said: an empty list and one that is something else are refused", () => {
    expect(() => readSeenPatients("# nobody\n")).toThrow(/^seen-list-empty$/);
    expect(() => readSeenPatients('["TCGA_CS_4941", "TCGA_DU_5849"]')).toThrow(/^no-patient-key /);
    expect(() => readSeenPatients("key,site")).toThrow(/^no-patient-key /);
  });

  it("is read from a card that lists hashes, and from no other", () => {
    const trainedOn = { patientKeySha256: ["b".repeat(64), "a".repeat(64)] };
    expect(seenPatientsOfCard({ trainedOn })).toEqual(["a".repeat(64), "b".repeat(64)]);
    expect(seenPatientsOfCard({ trainedOn: { patientKeySha256: [] } })).toEqual([]);
    expect(seenPatientsOfCard({ trainedOn: { patientKeySha256: ["TCGA_CS_4941"] } })).toBeNull();
    expect(seenPatientsOfCard({ name: "base" })).toBeNull();
  });
});
