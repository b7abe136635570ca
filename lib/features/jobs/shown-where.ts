import type { Prisma } from "@/lib/platform/database";
import type { ShownJobs } from "./schema";

/** The jobs that a list shows. */
export function shownWhere({ show }: ShownJobs): Prisma.JobWhereInput {
  if (show === "all") return {};
  return { status: "FAILED", ...(show === "unseen" ? { seenAt: null } : {}) };
}
