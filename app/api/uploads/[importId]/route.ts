import { route } from "@/app/_server/route";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { receiveUpload } from "@/lib/features/imports/receive-upload";
import { ImportId } from "@/lib/features/imports/schema";

/** How many bytes have arrived (tus.io). */
export const HEAD = route(ImportId, (actor, _input, request) => receiveUpload(actor, request));

/** More bytes, as the raw body (tus.io). */
export const PATCH = route(ImportId, (actor, _input, request) => receiveUpload(actor, request));

/** Cancels an upload and removes its bytes. */
export const DELETE = route(ImportId, async (actor, input) => {
  await cancelImport(actor, input);
  return new Response(null, { status: 204 });
});
