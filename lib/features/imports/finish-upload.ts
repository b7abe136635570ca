import type { z } from "zod";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type Actor, importsWritableBy, requirePermission } from "@/lib/records/access";
import { importJobKeys, inspectArchiveJob } from "./jobs";
import type { ImportId } from "./schema";
import { bytesReceived, flushUpload } from "./upload-file";

/**
 * Ends an upload and has the archive read for its preview. Ending it twice does nothing more.
 *
 * Throws `forbidden`; `not-found`; `conflict` where bytes are missing or it was cancelled.
 */
export async function finishUpload(actor: Actor, { importId }: z.infer<typeof ImportId>): Promise<void> {
  requirePermission(actor, "import:write");
  const arrived = await bytesReceived(importId);
  if (arrived !== null) await flushUpload(importId);
  await transaction(async (db) => {
    const upload = await db.import.findFirst({
      where: { id: importId, uploaded: true, ...importsWritableBy(actor) },
    });
    if (!upload) throw notFound({ code: "no-such-upload" });
    if (upload.state === "UPLOADING" && arrived !== Number(upload.size)) {
      throw conflict({ code: "upload-incomplete", arrived: arrived ?? 0, size: Number(upload.size) });
    }
    const ended = await db.import.updateMany({
      where: { id: importId, state: "UPLOADING" },
      data: { state: "INSPECTING" },
    });
    if (ended.count === 0) {
      if (upload.state === "CANCELLED") throw conflict({ code: "upload-cancelled" });
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
