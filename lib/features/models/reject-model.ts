import type { z } from "zod";
import { type Actor, requirePermission } from "@/lib/records/access";
import { leaveUnused } from "./leave-unused";
import type { RejectModel } from "./schema";

/**
 * Marks a candidate or a model of the past as never to be used (again). Throws `forbidden`, `not-found`, or `conflict`
 * where it is in production or rejected already.
 */
export async function rejectModel(actor: Actor, input: z.output<typeof RejectModel>): Promise<void> {
  requirePermission(actor, "model:promote");
  await leaveUnused(actor, "REJECTED", ["CANDIDATE", "RETIRED"], input);
}
