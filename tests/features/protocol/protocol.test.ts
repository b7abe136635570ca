import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findProtocol } from "@/lib/features/protocol/find-protocol";
import { listProtocolVersions } from "@/lib/features/protocol/list-protocol-versions";
import { saveProtocol } from "@/lib/features/protocol/save-protocol";
import { longestProtocol, SaveProtocol } from "@/lib/features/protocol/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor } from "../../support/factories";

let admin: Actor;
let reader: Actor;
beforeEach(async () => {
  await emptyDatabase();
  admin = await makeActor("ADMIN");
  reader = await makeActor("READER");
});
afterAll(disconnect);

const save = (text: string, basedOn: number, actor = admin) => saveProtocol(actor, { text, basedOn });

describe("the annotation protocol", () => {
  it("is none before anyone writes it", async () => {
    expect(await findProtocol(reader)).toBeNull();
    expect(await listProtocolVersions(reader)).toEqual([]);
    await expect(findProtocol(reader, { version: 1 })).rejects.toMatchObject({ kind: "not-found" });
  });

  it("gains a version with each save; readers read the newest one and every earlier one", async () => {
    expect(await save("# Edema\nLeave it out.", 0)).toEqual({ version: 1 });
    expect(await save("# Edema\nDraw it.", 1)).toEqual({ version: 2 });
    expect(await findProtocol(reader)).toMatchObject({
      version: 2,
      text: "# Edema\nDraw it.",
      author: admin.name,
    });
    expect(await findProtocol(reader, { version: 1 })).toMatchObject({ text: "# Edema\nLeave it out." });
    expect((await listProtocolVersions(reader)).map(({ version }) => version)).toEqual([2, 1]);
  });

  it("records who saved which version", async () => {
    await save("one", 0);
    expect(await database().auditEvent.findMany({ where: { actorId: admin.id } })).toMatchObject([
      { action: "protocol.saved", subjectId: "1", detail: { characters: 3 } },
    ]);
  });

  it("refuses a stale save, and keeps what the other admin wrote", async () => {
    await save("one", 0);
    const other = await makeActor("ADMIN");
    await save("theirs", 1, other);
    await expect(save("mine", 1)).rejects.toMatchObject({
      kind: "conflict",
      said: { code: "newer-protocol" },
    });
    expect(await findProtocol(reader)).toMatchObject({ version: 2, text: "theirs", author: other.name });
    expect(await database().auditEvent.count({ where: { actorId: admin.id } })).toBe(1);
  });

  it("gives one of two saves at once a version, the other a refusal", async () => {
    const results = await Promise.allSettled([save("a", 0), save("b", 0), save("c", 0)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ kind: "conflict" });
    expect(await database().protocolVersion.count()).toBe(1);
  });

  it.each(["READER", "REVIEWER"] as const)("is not written by a %s", async (role) => {
    await expect(save("mine", 0, await makeActor(role))).rejects.toMatchObject({ kind: "forbidden" });
    expect(await database().protocolVersion.count()).toBe(0);
  });

  it("is neither changed nor removed", async () => {
    await save("one", 0);
    await expect(database().protocolVersion.updateMany({ data: { text: "two" } })).rejects.toThrow();
    await expect(database().protocolVersion.deleteMany()).rejects.toThrow();
    await expect(database().$executeRaw`TRUNCATE "ProtocolVersion"`).rejects.toThrow();
  });

  it("has 1 to 20,000 characters that are not all blank", () => {
    const parses = (text: string) => SaveProtocol.safeParse({ text, basedOn: 0 }).success;
    expect(parses("x".repeat(longestProtocol))).toBe(true);
    expect(parses("x".repeat(longestProtocol + 1))).toBe(false);
    expect(parses(" \n ")).toBe(false);
  });
});
