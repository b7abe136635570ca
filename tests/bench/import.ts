import "../support/database-for-tests";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import { openArchive } from "@/lib/platform/archive";
import { disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase } from "../support/factories";
import { copyPhantoms } from "../support/phantom-set";
import { sharedFile } from "../support/shared-data";
import { measure, seconds } from "./measure";
import { unwatched } from "./slices";

/**
 * Seconds to import a data set into an empty database and object store, beside a bare loop that unpacks the same files
 * and decodes them with sharp, one after the other. The public LGG set where it is there, else phantoms.
 */
export async function bench() {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-bench-"));
  const set = sharedFile("data/lgg-mri-segmentation.zip") ?? (await copyPhantoms(folder)).folder;
  await bareLoop(set); // Warms the disk's cache for both.
  const ours = async () => {
    await emptyAll();
    return seconds(() => importOnce(set));
  };
  const result = await measure("import", "s", ours, () => seconds(() => bareLoop(set)));
  await emptyAll();
  await disconnect();
  await rm(folder, { recursive: true });
  return result;
}

async function importOnce(set: string) {
  const { importId } = await beginPathImport(systemActor, { file: set });
  await importArchive({ importId }, unwatched);
}

async function bareLoop(set: string) {
  const archive = await openArchive(set);
  for await (const entry of archive.entries()) {
    if (/\.(tif|png)$/.test(entry.path))
      await sharp(await archive.read(entry))
        .raw()
        .toBuffer();
  }
  await archive.close();
}

async function emptyAll() {
  await emptyDatabase();
  await rm(path.join(env.dataFolder, "objects"), { recursive: true, force: true });
}
