import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listBases } from "@/lib/features/bases/list-bases";
import { type NewBase, registerBase } from "@/lib/features/bases/register-base";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { emptyDatabase, makeActor, makeModel } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const hashOf = (digit: string) => digit.repeat(64);
const register = (over: Partial<NewBase> = {}) =>
  transaction((db) =>
    registerBase(db, {
      sha256: hashOf("a"),
      name: "first",
      parentSha256: null,
      runId: null,
      seenPatients: ["p2", "p1", "p2"],
      outputs: ["features", "mask", "gap"],
      card: { recipe: "by hand" },
      ...over,
    }),
  );

describe("a base", () => {
  it("is the same base when its file is entered again, by two at once too", async () => {
    await Promise.all([register(), register()]);
    await register({ name: "renamed", seenPatients: [] });
    expect(await database().base.findMany()).toMatchObject([{ name: "first" }]);
    expect((await registeredBase(hashOf("a"))).seenPatients).toEqual(["p1", "p2"]);
  });

  it("has seen the patients that its parent has seen, and names the parent", async () => {
    const reader = await makeActor("READER");
    await register();
    await register({ sha256: hashOf("b"), name: "second", parentSha256: hashOf("a"), seenPatients: ["p3"] });
    const grandchild = { sha256: hashOf("c"), name: "third", parentSha256: hashOf("b") };
    await register({ ...grandchild, seenPatients: [], outputs: ["features"] });
    await makeModel("CANDIDATE", { baseSha256: hashOf("c") });

    const bases = await listBases(reader);
    expect(bases.map(({ name }) => name)).toEqual(["first", "second", "third"]);
    expect(await registeredBase(hashOf("c"))).toMatchObject({
      seenPatients: ["p1", "p2", "p3"],
    });
    expect(bases[2]).toMatchObject({
      parent: { sha256: hashOf("b"), name: "second" },
      seenPatients: 3,
      outputs: ["features"],
      models: 1,
      card: { recipe: "by hand" },
    });
    await expect(registeredBase(hashOf("d"))).rejects.toMatchObject({ kind: "not-found" });
  });

  it("is refused with a parent that nobody knows, without features, and without a card", async () => {
    await expect(register({ parentSha256: hashOf("f") })).rejects.toThrow();
    await expect(register({ outputs: ["mask"] })).rejects.toThrow("Base_gives_features");
    await expect(register({ card: {} })).rejects.toThrow("A base needs a card");
    expect(await database().base.count()).toBe(0);
  });

  it("never changes and never goes", async () => {
    await register();
    const where = { sha256: hashOf("a") };
    await expect(database().base.update({ where, data: { outputs: ["features"] } })).rejects.toThrow();
    await expect(database().baseSeenPatient.deleteMany()).rejects.toThrow();
    await expect(
      database().$executeRaw`INSERT INTO "BaseSeenPatient" VALUES (${where.sha256}, 'p9')`,
    ).rejects.toThrow("is written with its model or base, and never later");
    await expect(database().$executeRaw`TRUNCATE "BaseSeenPatient"`).rejects.toThrow("append-only");
    await expect(database().base.update({ where, data: { card: {} } })).rejects.toThrow();
    await expect(database().base.delete({ where })).rejects.toThrow();
    expect(await database().base.count()).toBe(1);
    expect(await registeredBase(where.sha256)).toMatchObject({
      seenPatients: ["p1", "p2"],
      card: { recipe: "by hand" },
    });
  });

  it("cannot forget its parent's patients, whoever writes it", async () => {
    await register();
    const forgetful = { sha256: hashOf("b"), name: "b", parentSha256: hashOf("a") };
    const seenPatients = { create: [{ hashedKey: "p1" }] };
    await expect(
      database().base.create({
        data: { ...forgetful, seenPatients, outputs: ["features"], card: { made: "wrongly" } },
      }),
    ).rejects.toThrow("A base has seen every patient that its parent has seen");
  });
});
