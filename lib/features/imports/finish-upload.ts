import type { z } from "zod";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { importJobKeys, inspectArchiveJob } from "./jobs";
import type { ImportId } from "./schema";

/**
 * Ends an upload and has the archive read for its preview. Ending it twice does nothing more.
 *
 * Throws `forbidden`; `not-found`; `conflict` where bytes are missing or it was cancelled.
 */
export async function finishUpload(actor: Actor, { importId }: z.infer<typeof ImportId>): Promise<void> {
  requirePermission(actor, "import:write");
  await transaction(async (db) => {
    const upload = await db.import.findUnique({ where: { id: importId } });
    if (!upload?.uploaded) throw notFound("upload");
    if (upload.receivedBytes !== upload.size) {
      throw conflict(`${upload.receivedBytes} of ${upload.size} bytes have arrived`);
    }
    const ended = await db.import.updateMany({
      where: { id: importId, state: "UPLOADING" },
      data: { state: "INSPECTING" },
    });
    if (ended.count === 0) {
      if (upload.state === "CANCELLED") throw conflict("This upload was cancelled");
      return;
    }
    await enqueue(
      db,
      inspectArchiveJob,
      { importId },
      { key: importJobKeys(importId).inspect, requestedById: actor.id },
    );
    await notifyChange(db, "import", importId);
  });
}
