import { chunkBytes } from "@/lib/features/imports/schema";

export interface SentBytes {
  /** Bytes the server has, with those on their way. */
  sent: number;
  /** Mean of the last seconds; null until there is something to measure. */
  bytesPerSecond: number | null;
}

/** A refusal that trying again would not change, in words for the user. */
export class UploadRefused extends Error {}

/** Waits before each repetition of a piece, in ms; after the last one a person decides. */
const retryAfterMs = [1_000, 2_000, 4_000, 8_000];
const rateOverMs = 8_000;

/**
 * Finds the upload of this very file that was begun before, or begins one. Returns its id and where to go on.
 *
 * The browser remembers uploads by the file's name, size and time of change, so that a reload costs nothing.
 */
export async function beginOrResume(file: File): Promise<{ importId: string; offset: number }> {
  const memory = memoryKey(file);
  const known = localStorage.getItem(memory);
  if (known) {
    const response = await fetch(`/api/uploads/${known}`);
    const found = response.ok ? await response.json() : null;
    if (found?.state === "UPLOADING" && found.size === file.size) {
      return { importId: known, offset: found.receivedBytes };
    }
    localStorage.removeItem(memory);
  }
  const response = await fetch("/api/uploads", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: file.name, size: file.size }),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new UploadRefused(wordsOf(answer));
  localStorage.setItem(memory, answer.importId);
  return { importId: answer.importId, offset: 0 };
}

/**
 * Sends a file's bytes from `offset` on, piece by piece, and ends the upload. A piece that is lost on the way is sent
 * again. Throws `UploadRefused`, or the network's own error once repetitions have not helped.
 */
export async function sendFile(
  file: File,
  importId: string,
  offset: number,
  { signal, onProgress }: { signal: AbortSignal; onProgress(progress: SentBytes): void },
): Promise<void> {
  const rate = rateMeter(offset);
  let at = offset;
  let failures = 0;
  while (at < file.size) {
    try {
      at = await sendPiece(file, importId, at, signal, (sent) =>
        onProgress({ sent, bytesPerSecond: rate(sent) }),
      );
      failures = 0;
    } catch (error) {
      if (signal.aborted || error instanceof UploadRefused) throw error;
      const wait = retryAfterMs[failures++];
      if (wait === undefined) throw error;
      await pause(wait, signal);
    }
  }
  const response = await fetch(`/api/uploads/${importId}/finish`, { method: "POST", signal });
  if (!response.ok) throw new UploadRefused(wordsOf(await response.json().catch(() => null)));
  localStorage.removeItem(memoryKey(file));
}

/** Cancels an upload and has its bytes removed. */
export async function discardUpload(file: File, importId: string): Promise<void> {
  localStorage.removeItem(memoryKey(file));
  await fetch(`/api/uploads/${importId}`, { method: "DELETE" });
}

/** Returns where the next piece begins. XMLHttpRequest, because `fetch` does not tell how much was sent. */
function sendPiece(
  file: File,
  importId: string,
  offset: number,
  signal: AbortSignal,
  onSent: (sent: number) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.open("PUT", `/api/uploads/${importId}?offset=${offset}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => onSent(offset + event.loaded);
    request.onload = () => {
      const answer = request.response;
      // Out of turn: the server had got the piece, only its answer was lost.
      if (request.status === 200 || (request.status === 409 && typeof answer?.receivedBytes === "number")) {
        onSent(answer.receivedBytes);
        resolve(answer.receivedBytes);
      } else if (request.status >= 500 && request.status !== 503)
        reject(new Error("The server did not answer"));
      else reject(new UploadRefused(wordsOf(answer)));
    };
    request.onerror = () => reject(new Error("The connection was lost"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    request.send(file.slice(offset, offset + chunkBytes));
  });
}

function rateMeter(start: number) {
  const samples = [{ at: performance.now(), sent: start }];
  return (sent: number): number | null => {
    const now = performance.now();
    samples.push({ at: now, sent });
    while (samples.length > 2 && now - samples[0]!.at > rateOverMs) samples.shift();
    const elapsed = now - samples[0]!.at;
    return elapsed < 500 ? null : ((sent - samples[0]!.sent) / elapsed) * 1000;
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("stopped", "AbortError"));
    });
  });
}

function memoryKey(file: File) {
  return `sulcus-upload:${file.name}:${file.size}:${file.lastModified}`;
}

function wordsOf(answer: { error?: { message?: string } } | null): string {
  return answer?.error?.message ?? "The server refused this file";
}
