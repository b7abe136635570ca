import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Transaction } from "./database";

/** Who did it: a user, or the system itself (`id` null). */
export interface AuditActor {
  id: string | null;
  email: string;
  /** Network address of the request, where there is one. */
  address?: string;
}

/**
 * Records an event in the audit trail, in the caller's transaction. It waits for nobody: events are chained later, in
 * batches (seal-audit.ts), so that two saves, or a save and a sign-in, never queue behind each other.
 */
export async function recordAudit(
  db: Transaction,
  actor: AuditActor,
  action: string,
  subjectId: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const event = {
    at: new Date(),
    actorId: actor.id,
    actorEmail: actor.email,
    action,
    subjectId,
    detail: JSON.parse(JSON.stringify(detail)),
    address: actor.address ?? null,
    previousHash: null,
  };
  await db.auditEvent.create({ data: { ...event, hash: auditHash(event) } });
}

/** An event as it is hashed. */
export interface HashedEvent {
  at: Date;
  actorId: string | null;
  actorEmail: string;
  action: string;
  subjectId: string;
  detail: unknown;
  address: string | null;
  /** Hash of the event before it, in events from before there were seals; null since. */
  previousHash: string | null;
}

/**
 * SHA-256, in hex, of an event's fields as canonical JSON (RFC 8785): the same whatever the order in which the database
 * returns the keys of `detail`.
 */
export function auditHash(event: HashedEvent): string {
  const { at, actorId, actorEmail, action, subjectId, detail, address, previousHash } = event;
  const fields = [
    previousHash ?? "",
    at.toISOString(),
    actorId,
    actorEmail,
    action,
    subjectId,
    detail,
    address,
  ];
  return createHash("sha256").update(canonicalize(fields)!).digest("hex");
}
