import { createHash } from "node:crypto";
import type { Transaction } from "./database";

/** Who did it: a user, or the system itself (`id` null). */
export interface AuditActor {
  id: string | null;
  email: string;
  /** Network address of the request, where there is one. */
  address?: string;
}

/** Serialises the writers of the chain; any constant that no other lock uses. */
const chainLock = 0x5c0c;

/**
 * Appends an event to the hash chain, in the caller's transaction.
 *
 * hash = SHA-256(previousHash, at, actorId, actorEmail, action, subjectId, detail, address), joined as JSON.
 * The chain's lock is held until the transaction ends, so keep audited transactions short.
 */
export async function recordAudit(
  db: Transaction,
  actor: AuditActor,
  action: string,
  subjectId: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${chainLock}::bigint)`;
  const last = await db.auditEvent.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  const event = {
    at: new Date(),
    actorId: actor.id,
    actorEmail: actor.email,
    action,
    subjectId,
    detail: JSON.parse(JSON.stringify(detail)),
    address: actor.address ?? null,
    previousHash: last?.hash ?? "",
  };
  await db.auditEvent.create({ data: { ...event, hash: auditHash(event) } });
}

/** The hash of an event as it is chained; used by the writer and by whoever checks the chain. */
export function auditHash(event: {
  at: Date;
  actorId: string | null;
  actorEmail: string;
  action: string;
  subjectId: string;
  detail: unknown;
  address: string | null;
  previousHash: string;
}): string {
  const fields = [
    event.previousHash,
    event.at.toISOString(),
    event.actorId,
    event.actorEmail,
    event.action,
    event.subjectId,
    canonical(event.detail),
    event.address,
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}

/** Postgres' jsonb forgets the order of keys, so the hash must not depend on it. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}
