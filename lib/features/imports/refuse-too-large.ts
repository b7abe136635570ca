import { statfs } from "node:fs/promises";
import type { z } from "zod";
import { env } from "@/lib/platform/env";
import { invalid, unavailable } from "@/lib/platform/errors";
import { dataFolder } from "@/lib/platform/storage";
import type { UploadedFile } from "./schema";

/** Throws `invalid` above the installation's limit, and `unavailable` where the disk has no room for the file. */
export async function refuseTooLarge({ size }: z.infer<typeof UploadedFile>): Promise<void> {
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
}

function gigabytes(bytes: number) {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
