import { Prisma } from "@/lib/platform/generated/client";

/** True of a `WorkerProcess` row whose worker has told of itself lately, by the database's clock: machines' clocks differ. */
export const isAlive = Prisma.sql`"heartbeatAt" > now() - interval '15 seconds'`;
