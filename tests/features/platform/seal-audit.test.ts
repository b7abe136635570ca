import { createHash } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type auditHash, recordAudit } from "@/lib/platform/audit";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { sealAudit, verifyAudit } from "@/lib/platform/seal-audit";

const actor = { id: null, email: "someone@test.example" };
const record = (subject: string) =>
  transaction((db) => recordAudit(db, actor, "label.saved", subject, { b: 1, a: [2, null] }));

/** What somebody with the database's password could do. */
const tamper = (statement: string) =>
  transaction(async (db) => {
    await db.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
    await db.$executeRawUnsafe(statement);
  });

beforeEach(() => tamper(`TRUNCATE "AuditEvent", "AuditSeal", "AuditSealedEvent" RESTART IDENTITY CASCADE`));
afterAll(disconnect);

describe("sealing", () => {
  it("takes every event once, in seals that form a chain", async () => {
    await record("one");
    await record("two");
    expect(await sealAudit()).toBe(2);
    expect(await sealAudit()).toBe(0);
    await record("three");
    expect(await sealAudit()).toBe(1);
    const [first, second] = await database().auditSeal.findMany({ orderBy: { id: "asc" } });
    expect(first).toMatchObject({ events: 2, previousHash: "" });
    expect(second).toMatchObject({ events: 1, previousHash: first!.hash });
    expect(await verifyAudit()).toEqual({
      events: 3,
      seals: 2,
      unsealed: 0,
      unsealedSince: null,
      head: second!.hash,
      breaks: [],
    });
  });

  it("takes an event whose transaction ends after later ones were sealed", async () => {
    let finish = () => {};
    const open = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isRecorded = () => {};
    const recorded = new Promise<void>((resolve) => {
      isRecorded = resolve;
    });
    const slow = transaction(async (db) => {
      await recordAudit(db, actor, "label.saved", "slow");
      isRecorded();
      await open;
    });
    await recorded;
    // Nobody waits for the slow one, neither who records nor who seals.
    await record("quick");
    expect(await sealAudit()).toBe(1);
    finish();
    await slow;
    expect(await sealAudit()).toBe(1);
    expect(await verifyAudit()).toMatchObject({ events: 2, seals: 2, unsealed: 0, breaks: [] });
  });

  it("by several at once seals no event twice", async () => {
    for (let index = 0; index < 5; index++) await record(String(index));
    const sealed = await Promise.all([sealAudit(), sealAudit(), sealAudit()]);
    expect(sealed.reduce((sum, one) => sum + one)).toBe(5);
    expect(await verifyAudit()).toMatchObject({ events: 5, unsealed: 0, breaks: [] });
  });

  it("continues the chain of an installation from before there were seals", async () => {
    let previousHash = "";
    for (const subjectId of ["old one", "old two"]) {
      const event = {
        at: new Date(),
        actorId: null,
        actorEmail: actor.email,
        action: "user.signed-in",
        subjectId,
        detail: { z: 1, a: { y: "ü", b: 0.5 } },
        address: null,
        previousHash,
      };
      previousHash = oldHash(event);
      await database().auditEvent.create({ data: { ...event, hash: previousHash } });
    }
    await record("new");
    await sealAudit();
    expect(await database().auditSeal.findFirst()).toMatchObject({ events: 1, previousHash });
    expect(await verifyAudit()).toMatchObject({ events: 3, unsealed: 0, breaks: [] });
    await tamper(`DELETE FROM "AuditEvent" WHERE "subjectId" = 'old one'`);
    expect((await verifyAudit()).breaks).toMatchObject([{ what: "event-chain-broken" }]);
  });
});

describe("a trail that was changed past the rules", () => {
  beforeEach(async () => {
    for (const subject of ["one", "two", "three"]) await record(subject);
    await sealAudit();
    await record("four");
    await sealAudit();
  });

  it.each([
    ["an event's action", `UPDATE "AuditEvent" SET "action" = 'other' WHERE "id" = 2`, "event-changed"],
    [
      "an event with its own hash made to fit",
      `UPDATE "AuditEvent" SET "hash" = repeat('0', 64) WHERE "id" = 2`,
      "event-changed",
    ],
    ["an event that is gone", `DELETE FROM "AuditEvent" WHERE "id" = 2`, "sealed-event-missing"],
    [
      "an event that is gone with its place in the seal",
      `WITH gone AS (DELETE FROM "AuditSealedEvent" WHERE "eventId" = 2) DELETE FROM "AuditEvent" WHERE "id" = 2`,
      "sealed-event-missing",
    ],
    ["a seal's root", `UPDATE "AuditSeal" SET "root" = repeat('0', 64) WHERE "id" = 1`, "seal-changed"],
    [
      "a seal that is gone with its events",
      `WITH a AS (DELETE FROM "AuditSealedEvent" WHERE "sealId" = 1), b AS (DELETE FROM "AuditEvent" WHERE "id" < 4)
       DELETE FROM "AuditSeal" WHERE "id" = 1`,
      "seal-chain-broken",
    ],
  ])("is found: %s", async (_, statement, what) => {
    expect((await verifyAudit()).breaks).toEqual([]);
    await tamper(statement);
    expect((await verifyAudit()).breaks.map((one) => one.what)).toContain(what);
  });

  it("cannot be changed by the product itself, nor emptied", async () => {
    for (const table of ["AuditEvent", "AuditSeal", "AuditSealedEvent"]) {
      await expect(database().$executeRawUnsafe(`DELETE FROM "${table}"`)).rejects.toThrow("append-only");
      await expect(database().$executeRawUnsafe(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(
        "append-only",
      );
    }
    expect(await verifyAudit()).toMatchObject({ events: 4, breaks: [] });
  });
});

/** As the version before hashed an event. */
function oldHash(event: Parameters<typeof auditHash>[0]): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
  };
  const { previousHash, at, actorId, actorEmail, action, subjectId, detail, address } = event;
  const fields = [
    previousHash,
    at.toISOString(),
    actorId,
    actorEmail,
    action,
    subjectId,
    sorted(detail),
    address,
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}
