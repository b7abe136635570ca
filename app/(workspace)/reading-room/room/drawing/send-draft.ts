import { fromBase64, toBase64 } from "@/lib/features/labels/base64";
import type { DraftView, SaveDraft } from "@/lib/features/labels/schema";
import type { Draft } from "./draft";
import type { DraftAnswer, SendOptions } from "./draft-sync";

/** Browsers let requests outlive their page up to 64 KiB of bodies under way together. */
const keepaliveBytes = 60_000;
let keptAlive = 0;
/** A request on a line that is neither up nor down is given up after this long, and made again. */
const longestRequestMs = 60_000;

/** Sends a draft's latest state. */
export async function sendDraft(
  draft: Draft,
  { replaces, goesOnFrom }: SendOptions = {},
): Promise<DraftAnswer> {
  const { sliceId, id, basedOn, baseLabelId, revision, strokes, done } = draft;
  const input: Omit<SaveDraft, "sliceId"> = {
    id,
    basedOn,
    baseLabelId,
    revision,
    done,
    strokes: strokes.map(({ tool, change, from }) => ({
      tool,
      change: toBase64(change),
      ...(from ? { from: [...from] } : {}),
    })),
    ...(replaces ? { replaces } : {}),
    ...(goesOnFrom ? { goesOnFrom: [...goesOnFrom] } : {}),
  };
  const body = JSON.stringify(input);
  const response = await put(`/api/slices/${sliceId}/draft`, body);
  if (response.ok) {
    const { revision: kept, saved } = (await response.json()) as { revision: number; saved: boolean };
    return saved ? { kind: "saved" } : { kind: "kept", revision: kept };
  }
  if (response.status === 401) return { kind: "signed-out" };
  if (response.status === 409) return { kind: "elsewhere" };
  // A server on its way up or down answers with 5xx, a busy one with 408 or 429: it may take the draft later.
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) return { kind: "unreachable" };
  const problem = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  return { kind: "refused", message: problem?.error?.message ?? "The server refused this drawing." };
}

async function put(url: string, body: string): Promise<Response> {
  const request = () => ({
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body,
    signal: AbortSignal.timeout(longestRequestMs),
  });
  if (keptAlive + body.length > keepaliveBytes) return fetch(url, request());
  keptAlive += body.length;
  try {
    return await fetch(url, { ...request(), keepalive: true });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") throw error;
    // Perhaps only the browser had too much to keep alive, of other pages too.
    return await fetch(url, request());
  } finally {
    keptAlive -= body.length;
  }
}

/** Removes a draft from the server. Throws where that did not work. */
export async function removeDraft({ sliceId, id }: Pick<Draft, "sliceId" | "id">): Promise<void> {
  const response = await fetch(`/api/slices/${sliceId}/draft?id=${id}`, { method: "DELETE" });
  if (!response.ok) throw new Error("The drawing could not be discarded on the server.");
}

/** A draft as the server keeps it. */
export function draftOfView(view: DraftView, studyId: string): Draft {
  const { id, sliceId, basedOn, baseLabelId, revision, strokes, done, updatedAt } = view;
  return {
    id,
    sliceId,
    studyId,
    basedOn,
    baseLabelId,
    revision,
    done,
    strokes: strokes.map(({ tool, change, from }) => ({
      tool,
      change: fromBase64(change),
      ...(from ? { from } : {}),
    })),
    changedAt: updatedAt.getTime(),
  };
}
