import { open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { dataFolder, syncFolder } from "@/lib/platform/storage";

/** Where an upload's bytes lie until its import has ended. */
export async function uploadFile(importId: string): Promise<string> {
  return path.join(await dataFolder("uploads"), importId);
}

/** Bytes of an upload that have arrived; null where its file is gone. */
export async function bytesReceived(importId: string): Promise<number | null> {
  const found = await stat(await uploadFile(importId)).catch(() => null);
  return found?.size ?? null;
}

/** Waits until an upload's bytes are on the disk, so that a power cut cannot take what was confirmed. */
export async function flushUpload(importId: string): Promise<void> {
  const handle = await open(await uploadFile(importId), "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(path.dirname(await uploadFile(importId)));
}

/** Removes an upload's bytes; does nothing where they are gone. */
export async function removeUpload(importId: string): Promise<void> {
  await rm(await uploadFile(importId), { force: true });
}
