import { route } from "@/app/_server/route";
import { beginUpload } from "@/lib/features/imports/begin-upload";
import { BeginUpload } from "@/lib/features/imports/schema";

/** Begins an upload; the proxy does not cover these routes, since it would cut bodies at 10 MB. */
export const POST = route(BeginUpload, beginUpload);
