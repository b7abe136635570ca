import { rm } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "@/lib/platform/storage";

/** Where an upload's bytes lie until its import has ended. */
export async function uploadFile(importId: string): Promise<string> {
  return path.join(await dataFolder("uploads"), importId);
}

/** Removes an upload's bytes; does nothing where they are gone. */
export async function removeUpload(importId: string): Promise<void> {
  await rm(await uploadFile(importId), { force: true });
}
