import { orConflict } from "@/app/_server/or-conflict";
import { route } from "@/app/_server/route";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { RestoreLabel } from "@/lib/features/labels/schema";

/** Brings an earlier version back as the next one. */
export const POST = route(RestoreLabel, (actor, input) => orConflict(restoreLabel(actor, input)));
