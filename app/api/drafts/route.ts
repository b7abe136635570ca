import { z } from "zod";
import { route } from "@/app/_server/route";
import { myDrafts } from "@/lib/features/labels/my-drafts";

/** One's own drawings that are no labels yet, in all studies: see `UnsavedDrawings`. */
export const GET = route(z.strictObject({}), (actor) => myDrafts(actor));
