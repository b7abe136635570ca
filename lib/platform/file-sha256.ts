import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** SHA-256, in hex, of a file of any size. Throws what `signal` was aborted with, and the errors of the file system. */
export async function fileSha256(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, { signal }).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  return hash.digest("hex");
}
