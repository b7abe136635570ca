import { DetailedError, type HttpRequest, type HttpResponse, Upload } from "tus-js-client";
import { pieceBytes, uploadsPath } from "@/lib/features/imports/schema";

export interface SentBytes {
  /** Bytes the server has, with those on their way. */
  sent: number;
  /** Mean of the last seconds; null until there is something to measure. */
  bytesPerSecond: number | null;
}

/** A refusal that trying again would not change, in words for the user. */
export class UploadRefused extends Error {}

/** Waits before each repetition of a piece, in ms; after the last one a person decides. */
const retryDelays = [1_000, 2_000, 4_000, 8_000];
const rateOverMs = 8_000;

export interface FileUpload {
  /** Sends the bytes that the server lacks; returns the import's id when it has all of them. */
  send(): Promise<string>;
  /** Stops sending; the server keeps what it has, and `send` continues. */
  pause(): Promise<void>;
  /** Cancels the upload and has its bytes removed. */
  discard(): Promise<void>;
}

/**
 * An upload of `file`, or the one of this very file that was started before: the browser remembers uploads by the file's
 * name, type, size and time of change, so that a reload costs nothing.
 *
 * `send` throws `UploadRefused`, or the network's own error once repetitions have not helped.
 */
export async function fileUpload(file: File, onProgress: (progress: SentBytes) => void): Promise<FileUpload> {
  let settle: { resolve(importId: string): void; reject(error: unknown): void } | undefined;
  let rate: ReturnType<typeof rateMeter> | undefined;
  const upload = new Upload(file, {
    endpoint: uploadsPath,
    chunkSize: pieceBytes,
    metadata: { filename: file.name },
    retryDelays,
    removeFingerprintOnSuccess: true,
    onShouldRetry: (error) => refusalOf(error) === undefined,
    onAfterResponse: keepEarlierUpload,
    onProgress: (sent) => {
      rate ??= rateMeter(sent);
      onProgress({ sent, bytesPerSecond: rate(sent) });
    },
    onSuccess: () => settle?.resolve(upload.url!.split("/").at(-1)!),
    onError: (error) => settle?.reject(refusalOf(error) ?? error),
  });
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  return {
    send: () =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        rate = undefined;
        upload.start();
      }),
    pause: () => upload.abort(),
    discard: () => upload.abort(true),
  };
}

/** The client would begin a new upload where it may not ask about the earlier one: what has arrived would be sent again. */
function keepEarlierUpload(request: HttpRequest, response: HttpResponse) {
  if (request.getMethod() !== "HEAD") return;
  if (response.getStatus() === 401)
    throw new UploadRefused("Please sign in, then choose the same file again");
  if (response.getStatus() >= 500) throw new Error("The server did not answer");
}

/** The server's refusal in its words; undefined where trying again may help. */
function refusalOf(error: unknown): UploadRefused | undefined {
  if (error instanceof DetailedError && error.causingError instanceof UploadRefused)
    return error.causingError;
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  const mayHelp = status < 400 || (status >= 500 && status !== 503) || status === 409 || status === 423;
  const message = wordsOf(response?.getBody());
  // 409 without words is the protocol's own: the client asks where to continue.
  if (mayHelp && !(status === 409 && message)) return undefined;
  return new UploadRefused(message ?? "The server refused this file");
}

function wordsOf(body: string | undefined): string | undefined {
  try {
    return JSON.parse(body ?? "").error?.message;
  } catch {
    return undefined;
  }
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
