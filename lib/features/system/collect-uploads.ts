import { database } from "@/lib/platform/database";
import { oldFiles } from "@/lib/platform/old-files";
import { dataFolder } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { cancelImport } from "../imports/cancel-import";
import { bytesReceived } from "../imports/upload-file";
import { collect, daysAgo, sum } from "./collect-files";
import { type Collected, keptDays } from "./collect-schema";

/** Uploads whose last byte is old, and files of uploads that have ended or were never recorded. */
export async function collectUploads({ now, dryRun }: { now: Date; dryRun: boolean }): Promise<Collected> {
  const before = daysAgo(keptDays.upload, now);
  const folder = await dataFolder("uploads");
  const old = new Set<string>();
  for await (const { key } of oldFiles(folder, before)) old.add(key.split("/")[0]!);

  const unfinished = await database().import.findMany({
    where: { state: "UPLOADING", createdAt: { lt: before } },
    select: { id: true },
  });
  const abandoned: Collected = { count: 0, bytes: 0 };
  for (const { id } of unfinished) {
    const bytes = await bytesReceived(id);
    if (bytes !== null && !old.has(id)) continue; // bytes have arrived since
    if (!dryRun) await cancelImport(systemActor, { importId: id });
    abandoned.count++;
    abandoned.bytes += bytes ?? 0;
  }

  const living = await database().import.findMany({
    where: { uploaded: true, finishedAt: null },
    select: { id: true },
  });
  const ids = new Set(living.map(({ id }) => id));
  const strays = await collect(
    oldFiles(folder, before),
    before,
    dryRun,
    ({ key }) => !ids.has(key.split("/")[0]!),
  );
  return sum([abandoned, strays]);
}
