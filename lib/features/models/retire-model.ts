import type { z } from "zod";
import { type Actor, requirePermission } from "@/lib/records/access";
import { leaveUnused } from "./leave-unused";
import type { RetireModel } from "./schema";

/**
 * Puts a candidate aside; unlike a rejected one it may still be promoted. (A model that another takes the place of
 * retires by itself.) Throws `forbidden`, `not-found`, or `conflict` where it is no candidate.
 */
export async function retireModel(actor: Actor, input: z.output<typeof RetireModel>): Promise<void> {
  requirePermission(actor, "model:promote");
  await leaveUnused(actor, "RETIRED", ["CANDIDATE"], input);
}
