import type { Prisma } from "@/lib/platform/database";
import { forbidden } from "@/lib/platform/errors";
import type { Role } from "@/lib/platform/generated/enums";

/** Who asks: a signed-in person, re-read from the database on each request, or the system itself. */
export interface Actor {
  /** Null for the system (command line, workers). */
  id: string | null;
  email: string;
  name: string;
  role: Role;
  /** Network address of the request, for the audit trail. */
  address?: string;
}

/** The command line and the workers: who can start them owns the installation. */
export const systemActor: Actor = { id: null, email: "system", name: "System", role: "ADMIN" };

const reader = [
  "study:read",
  "label:write",
  "training:request",
  "model:read",
  "import:read",
  "job:read",
  "protocol:read",
] as const;
const reviewer = [...reader, "job:cancel"] as const;
const admin = [
  ...reviewer,
  "import:write",
  "model:promote",
  "prediction:request",
  "user:manage",
  "audit:read",
  "system:read",
  "settings:write",
  "system:collect",
  "demo:remove",
  "protocol:write",
] as const;

export type Permission = (typeof admin)[number];

const permissions: Record<Role, readonly Permission[]> = { READER: reader, REVIEWER: reviewer, ADMIN: admin };

export function may(actor: Actor, permission: Permission): boolean {
  return permissions[actor.role]?.includes(permission) ?? false;
}

/** Throws `forbidden` where the actor's role does not allow it. First line of every feature function. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw forbidden();
}

/** The patients an actor may see: part of every query, so that a later rule has one place. */
export function patientsReadableBy(actor: Actor): Prisma.PatientWhereInput {
  return may(actor, "study:read") ? {} : { id: { in: [] } };
}

export function studiesReadableBy(actor: Actor): Prisma.StudyWhereInput {
  const patient = patientsReadableBy(actor);
  return isEverything(patient) ? {} : { patient };
}

export function slicesReadableBy(actor: Actor): Prisma.SliceWhereInput {
  const study = studiesReadableBy(actor);
  return isEverything(study) ? {} : { study };
}

/** The imports an actor may continue, confirm or end: their own, and every one for an admin. */
export function importsWritableBy(actor: Actor): Prisma.ImportWhereInput {
  if (!may(actor, "import:write")) return { id: { in: [] } };
  return actor.role === "ADMIN" ? {} : { requestedById: actor.id };
}

/** A scope without a condition: a join for its sake would make every list as slow as the table is long. */
const isEverything = (scope: object) => Object.keys(scope).length === 0;
