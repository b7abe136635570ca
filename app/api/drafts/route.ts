import { route } from "@/app/_server/route";
import { myDrafts } from "@/lib/features/labels/my-drafts";
import { OtherDrafts } from "@/lib/features/labels/schema";

/** One's own drawings that are no labels yet, in all studies but the open one: see `UnsavedDrawings`. */
export const GET = route(OtherDrafts, myDrafts);
