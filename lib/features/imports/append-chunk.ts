import { open } from "node:fs/promises";
import type { z } from "zod";
import { database } from "@/lib/platform/database";
import { AppError, conflict, invalid, notFound, unavailable } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { type AppendChunk, chunkBytes } from "./schema";
import { uploadFile } from "./upload-file";

/** A piece came out of turn; `receivedBytes` says where to go on. */
export class OutOfTurn extends AppError {
  constructor(readonly receivedBytes: number) {
    super("conflict", `This piece is out of turn: the upload goes on at byte ${receivedBytes}`);
  }
}

/**
 * Writes one piece of an upload and returns how many bytes have arrived.
 *
 * A piece is `chunkBytes` long, the last one what remains. It counts once it is whole and on the disk, so a lost
 * connection or a full disk costs one piece and the client sends it again.
 *
 * Throws `forbidden`; `not-found`; `conflict` where the upload has ended; `OutOfTurn` where `offset` is not what
 * has arrived; `invalid` for a piece of another length; `unavailable` when the disk is full.
 */
export async function appendChunk(
  actor: Actor,
  { importId, offset }: z.infer<typeof AppendChunk>,
  body: AsyncIterable<Uint8Array>,
): Promise<{ receivedBytes: number }> {
  requirePermission(actor, "import:write");
  const upload = await database().import.findUnique({ where: { id: importId } });
  if (!upload?.uploaded || upload.size === null) throw notFound("upload");
  if (upload.state !== "UPLOADING") throw conflict("This upload has ended");
  if (Number(upload.receivedBytes) !== offset) throw new OutOfTurn(Number(upload.receivedBytes));

  const expected = Math.min(chunkBytes, Number(upload.size) - offset);
  await writeAt(await uploadFile(importId), offset, expected, body);

  const receivedBytes = offset + expected;
  // The same piece may have been sent twice at once; only one of the two counts.
  const counted = await database().import.updateMany({
    where: { id: importId, state: "UPLOADING", receivedBytes: offset },
    data: { receivedBytes },
  });
  if (counted.count === 0) {
    const now = await database().import.findUnique({ where: { id: importId } });
    throw now?.state === "UPLOADING"
      ? new OutOfTurn(Number(now.receivedBytes))
      : conflict("This upload has ended");
  }
  return { receivedBytes };
}

async function writeAt(file: string, offset: number, expected: number, body: AsyncIterable<Uint8Array>) {
  const wrongLength = () => invalid("body", `A piece of ${expected} bytes was expected here`);
  try {
    const handle = await open(file, "r+");
    try {
      let written = 0;
      for await (const bytes of body) {
        if (written + bytes.length > expected) throw wrongLength();
        await handle.write(bytes, 0, bytes.length, offset + written);
        written += bytes.length;
      }
      if (written !== expected) throw wrongLength();
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw unavailable("The server's disk is full. What has arrived is kept: make room and go on.");
    }
    if (code === "ENOENT") throw notFound("upload");
    throw error;
  }
}
