import { randomUUID } from "node:crypto";
import { open, statfs } from "node:fs/promises";
import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { invalid, unavailable } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { dataFolder } from "@/lib/platform/storage";
import { type Actor, requirePermission } from "@/lib/records/access";
import { type BeginUpload, chunkBytes } from "./schema";
import { uploadFile } from "./upload-file";

/**
 * Begins an upload: the bytes follow in pieces of `chunkBytes`, see `appendChunk`.
 *
 * Throws `forbidden` without `import:write`; `invalid` above the installation's limit; `unavailable` where the
 * disk has no room for it.
 */
export async function beginUpload(
  actor: Actor,
  { name, size }: z.infer<typeof BeginUpload>,
): Promise<{ importId: string; chunkBytes: number }> {
  requirePermission(actor, "import:write");
  if (size > env.uploadLimit) {
    throw invalid(
      "size",
      `The file is larger than ${gigabytes(env.uploadLimit)}, the most that may be uploaded`,
    );
  }
  const disk = await statfs(await dataFolder("uploads"));
  const free = disk.bavail * disk.bsize;
  if (size > free) {
    throw unavailable(
      `The server's disk has ${gigabytes(free)} left, the file takes ${gigabytes(size)}. Make room and try again.`,
    );
  }

  const importId = randomUUID();
  const file = await uploadFile(importId);
  await (await open(file, "w", 0o600)).close();
  await transaction(async (db) => {
    await db.import.create({
      data: {
        id: importId,
        state: "UPLOADING",
        name,
        path: file,
        uploaded: true,
        size,
        requestedById: actor.id,
      },
    });
    await recordAudit(db, actor, "import.begun", importId, { size });
    await notifyChange(db, "import", importId);
  });
  return { importId, chunkBytes };
}

function gigabytes(bytes: number) {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
