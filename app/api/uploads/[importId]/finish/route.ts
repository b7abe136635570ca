import { route } from "@/app/_server/route";
import { finishUpload } from "@/lib/features/imports/finish-upload";
import { ImportId } from "@/lib/features/imports/schema";

/** Ends an upload and has the archive read for its preview. */
export const POST = route(ImportId, finishUpload);
