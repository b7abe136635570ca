import { z } from "zod";
import { route } from "@/app/_server/route";
import { myDecisions } from "@/lib/features/labels/my-decisions";

/** The newest decisions of the person who asks. Never cached. */
export const GET = route(z.strictObject({}), (actor) => myDecisions(actor));
