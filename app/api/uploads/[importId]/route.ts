import { errorResponse, route } from "@/app/_server/route";
import { appendChunk, OutOfTurn } from "@/lib/features/imports/append-chunk";
import { cancelImport } from "@/lib/features/imports/cancel-import";
import { findImport } from "@/lib/features/imports/find-import";
import { AppendChunk, ImportId } from "@/lib/features/imports/schema";
import { invalid } from "@/lib/platform/errors";

/** How far an upload is: `{state, size, receivedBytes}`. */
export const GET = route(ImportId, async (actor, input) => {
  const { state, size, receivedBytes } = await findImport(actor, input);
  return { state, size, receivedBytes };
});

/** One piece, as the raw body, at `?offset=`. A piece out of turn gets 409 and `receivedBytes`: where to go on. */
export const PUT = route(AppendChunk, async (actor, input, request) => {
  if (!request.body) throw invalid("body", "is missing");
  try {
    // The types are the browser's; Node's streams can be iterated.
    return await appendChunk(actor, input, request.body as unknown as AsyncIterable<Uint8Array>);
  } catch (error) {
    if (!(error instanceof OutOfTurn)) throw error;
    const refusal = await errorResponse(error).json();
    return Response.json({ ...refusal, receivedBytes: error.receivedBytes }, { status: 409 });
  }
});

/** Cancels an upload and removes its bytes. */
export const DELETE = route(ImportId, cancelImport);
