import { createHash } from "node:crypto";
import { auditHash } from "./audit";
import { database, type Transaction, transaction } from "./database";

/**
 * The audit trail's chain. Events are recorded without a lock; every few seconds a worker seals those that no seal holds
 * yet: it hashes their ids and hashes in order (the root), and chains the root to the seal before it. Whoever changes,
 * removes or adds a sealed event, or removes a seal, breaks a hash that `verifyAudit` computes again. Events that are
 * not sealed yet, of the last seconds, are protected by the database's triggers alone.
 *
 * Events from before there were seals hold the hash of the event before them. The first seal continues that chain.
 */

/** Events sealed at once: bounds the memory and the length of one transaction. */
const batch = 10_000;

/**
 * An event's transaction may commit after events with higher ids were sealed. Transactions end within the longest
 * timeout, so events with ids below those sealed this long ago are there or never come.
 */
const settledAfter = "1 hour";

/**
 * Seals the events that no seal holds yet; returns how many. Safe to call from several processes at once: one seals, the
 * others return 0.
 */
export async function sealAudit(): Promise<number> {
  return transaction(async (db) => {
    const [lock] = await db.$queryRaw<{ taken: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended('seal-audit', 0)) AS "taken"`;
    if (!lock!.taken) return 0;
    const events = await db.$queryRaw<{ id: bigint; hash: string }[]>`
      SELECT e."id", e."hash" FROM "AuditEvent" e
      WHERE e."previousHash" IS NULL
        AND e."id" > coalesce((
          SELECT max("lastEventId") FROM "AuditSeal" WHERE "at" < now() - ${settledAfter}::interval
        ), 0)
        AND NOT EXISTS (SELECT FROM "AuditSealedEvent" s WHERE s."eventId" = e."id")
      ORDER BY e."id" LIMIT ${batch}`;
    if (events.length === 0) return 0;
    const seal = {
      at: new Date(),
      events: events.length,
      lastEventId: events.at(-1)!.id,
      root: rootOf(events),
      previousHash: await lastHash(db),
    };
    const { id } = await db.auditSeal.create({ data: { ...seal, hash: sealHash(seal) } });
    await db.$executeRaw`
      INSERT INTO "AuditSealedEvent" ("eventId", "sealId")
      SELECT e, ${id} FROM unnest(${events.map((event) => event.id)}::bigint[]) AS e`;
    return events.length;
  });
}

/** What the first seal continues: the last event of the earlier chain; empty in a new installation. */
async function lastHash(db: Transaction): Promise<string> {
  const seal = await db.auditSeal.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  if (seal) return seal.hash;
  const event = await db.auditEvent.findFirst({
    where: { previousHash: { not: null } },
    orderBy: { id: "desc" },
    select: { hash: true },
  });
  return event?.hash ?? "";
}

function rootOf(events: readonly { id: bigint; hash: string }[]): string {
  const hash = createHash("sha256");
  for (const event of events) hash.update(`${event.id}:${event.hash}\n`);
  return hash.digest("hex");
}

function sealHash(seal: { at: Date; events: number; root: string; previousHash: string }): string {
  const fields = [seal.previousHash, seal.at.toISOString(), seal.events, seal.root];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** What a check of the whole audit trail found. */
export interface AuditCheck {
  /** Events that were checked. */
  events: number;
  seals: number;
  /** Events that no seal holds yet. */
  unsealed: number;
  /** When the oldest of them was recorded; null where there is none. */
  unsealedSince: Date | null;
  /** Hash of the newest seal: noted elsewhere, it shows later that nothing before it has changed. Empty without a seal. */
  head: string;
  /** Where the trail was changed: the first that were found. Empty where it holds. */
  breaks: { eventId?: string; sealId?: string; what: AuditBreak }[];
}

export type AuditBreak =
  | "event-changed"
  | "event-chain-broken"
  | "seal-changed"
  | "seal-chain-broken"
  | "sealed-event-missing";

/** Breaks that are named; a check ends when it has found as many. */
const namedBreaks = 20;

/** Computes every hash of the audit trail again, in bounded memory, and says where one does not hold. */
export async function verifyAudit(): Promise<AuditCheck> {
  const db = database();
  const breaks: AuditCheck["breaks"] = [];
  const chain = await verifyEvents(db, breaks);
  const seals = await verifySeals(db, chain.lastHash, breaks);
  const [unsealed] = await db.$queryRaw<{ events: number; since: Date | null }[]>`
    SELECT count(*)::int AS "events", min(e."at") AS "since" FROM "AuditEvent" e
    WHERE e."previousHash" IS NULL AND NOT EXISTS (SELECT FROM "AuditSealedEvent" s WHERE s."eventId" = e."id")`;
  return {
    events: chain.events,
    seals: seals.count,
    unsealed: unsealed!.events,
    unsealedSince: unsealed!.since,
    head: seals.head,
    breaks: breaks.slice(0, namedBreaks),
  };
}

/** Every event's own hash, and the chain of the events from before there were seals. */
async function verifyEvents(db: Transaction, breaks: AuditCheck["breaks"]) {
  let events = 0;
  let lastHash = "";
  for (let after = 0n; breaks.length < namedBreaks; ) {
    const page = await db.auditEvent.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      take: batch,
    });
    if (page.length === 0) break;
    for (const event of page) {
      const eventId = String(event.id);
      if (auditHash(event) !== event.hash) breaks.push({ eventId, what: "event-changed" });
      if (event.previousHash === null) continue;
      if (event.previousHash !== lastHash) breaks.push({ eventId, what: "event-chain-broken" });
      lastHash = event.hash;
    }
    events += page.length;
    after = page.at(-1)!.id;
  }
  return { events, lastHash };
}

async function verifySeals(db: Transaction, earlierHash: string, breaks: AuditCheck["breaks"]) {
  let count = 0;
  let head = earlierHash;
  for (let after = 0n; breaks.length < namedBreaks; ) {
    const seals = await db.auditSeal.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      take: 100,
    });
    if (seals.length === 0) break;
    for (const seal of seals) {
      const sealId = String(seal.id);
      const events = await db.$queryRaw<{ id: bigint; hash: string }[]>`
        SELECT e."id", e."hash" FROM "AuditSealedEvent" s JOIN "AuditEvent" e ON e."id" = s."eventId"
        WHERE s."sealId" = ${seal.id} ORDER BY e."id"`;
      if (seal.previousHash !== head) breaks.push({ sealId, what: "seal-chain-broken" });
      if (sealHash(seal) !== seal.hash) breaks.push({ sealId, what: "seal-changed" });
      if (events.length !== seal.events) breaks.push({ sealId, what: "sealed-event-missing" });
      else if (rootOf(events) !== seal.root) breaks.push({ sealId, what: "event-changed" });
      head = seal.hash;
    }
    count += seals.length;
    after = seals.at(-1)!.id;
  }
  return { count, head: count > 0 ? head : "" };
}
