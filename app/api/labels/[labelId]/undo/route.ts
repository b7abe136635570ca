import { orConflict } from "@/app/_server/or-conflict";
import { route } from "@/app/_server/route";
import { UndoDecision } from "@/lib/features/labels/schema";
import { undoDecision } from "@/lib/features/labels/undo-decision";

/** Takes a decision of one's own back. */
export const POST = route(UndoDecision, (actor, input) => orConflict(undoDecision(actor, input)));
