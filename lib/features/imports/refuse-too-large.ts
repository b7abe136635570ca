import { statfs } from "node:fs/promises";
import type { z } from "zod";
import { env } from "@/lib/platform/env";
import { invalid, unavailable } from "@/lib/platform/errors";
import { dataFolder } from "@/lib/platform/storage";
import type { UploadedFile } from "./schema";

/** Throws `invalid` above the installation's limit, and `unavailable` where the disk has no room for the file. */
export async function refuseTooLarge({ size }: z.infer<typeof UploadedFile>): Promise<void> {
  if (size > env.uploadLimit) {
    throw invalid("size", { code: "file-too-large", limit: env.uploadLimit });
  }
  const disk = await statfs(await dataFolder("uploads"));
  const free = disk.bavail * disk.bsize;
  if (size > free) {
    throw unavailable({ code: "no-room-for-file", free, size });
  }
}
