import { Prisma } from "@/lib/platform/generated/client";
import { seenSite } from "./access";

/** `lib/records/patient-scope.ts` with the rule of `access.ts` beside it. For `vi.mock`. */
export const patientScope = (_actor: unknown, patientId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`${patientId} IN (SELECT "id" FROM "Patient" WHERE "site" = ${seenSite})`;
