import "../support/database-for-tests";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import { systemActor } from "@/lib/features/users/access";
import { openArchive } from "@/lib/platform/archive";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { sharedFile } from "../support/shared-data";

const runs = 3;
const phantomPatients = 12;

/**
 * Seconds to import a data set into an empty database and object store, beside a bare loop that unpacks the same files
 * and decodes them with sharp, one after the other. The public LGG set where it is there, else phantoms.
 */
export async function bench() {
  const shared = sharedFile("data/lgg-mri-segmentation.zip");
  const set = shared ?? (await phantomFolder());
  const ours: number[] = [];
  const reference: number[] = [];
  let peak = 0;
  const watch = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  await bareLoop(set); // Warms the disk's cache for both.
  for (let run = 0; run < runs; run++) {
    await emptyAll();
    const timer = setInterval(watch, 50);
    ours.push(await seconds(() => importOnce(set)));
    clearInterval(timer);
    reference.push(await seconds(() => bareLoop(set)));
  }
  await emptyAll();
  await disconnect();
  if (!shared) await rm(set, { recursive: true });
  return {
    name: "import",
    unit: "s",
    ours: median(ours),
    reference: median(reference),
    ratio: median(ours) / median(reference),
    runs,
    peakMemoryMb: Math.round(peak / 2 ** 20),
  };
}

async function importOnce(set: string) {
  const { importId } = await beginPathImport(systemActor, { file: set });
  await importArchive({ importId }, { signal: new AbortController().signal, progress() {} });
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
  await database()
    .$executeRaw`TRUNCATE "Patient", "Study", "Slice", "Label", "Import", "ImportedFile", "Job" CASCADE`;
  await rm(path.join(env.dataFolder, "objects"), { recursive: true, force: true });
}

async function phantomFolder(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "sulcus-bench-"));
  for (let index = 0; index < phantomPatients; index++) {
    const { patientKey, studyDate, slices } = makePhantomPatient(1, index);
    const study = `${patientKey}_${studyDate.replaceAll("-", "")}`;
    await mkdir(path.join(root, study));
    for (const { position, image, mask } of slices) {
      const file = path.join(root, study, `${study}_${position}`);
      await writeFile(`${file}.png`, await png(image, 3));
      await writeFile(
        `${file}_mask.png`,
        await png(
          mask.map((value) => value * 255),
          1,
        ),
      );
    }
  }
  return root;
}

function png(data: Uint8Array, channels: 1 | 3) {
  return sharp(data, { raw: { width: PHANTOM_SIZE, height: PHANTOM_SIZE, channels } })
    .png()
    .toBuffer();
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
