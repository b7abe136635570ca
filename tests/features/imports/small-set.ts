import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { endImport } from "@/lib/features/imports/end-import";
import { findImport } from "@/lib/features/imports/find-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import type { ImportReport } from "@/lib/features/imports/schema";
import { systemActor } from "@/lib/records/access";
import { makeZip } from "../../support/make-zip";

/** Files of a small data set: relative path to bytes. */
export type Files = Record<string, Uint8Array>;

const size = 24;

/** A 24 x 24 colour PNG whose pixels depend on `seed`. */
export function smallImage(seed: number): Promise<Buffer> {
  const pixels = new Uint8Array(size * size * 3).map((_, index) => (index * 7 + seed * 31) % 256);
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

/** A 24 x 24 mask with `tumorPixels` tumor pixels. */
export function smallMask(tumorPixels: number): Promise<Buffer> {
  const pixels = new Uint8Array(size * size).fill(255, 0, tumorPixels);
  return sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .png()
    .toBuffer();
}

/** Studies of `slices` slices with masks; slice 1 of each holds 5 tumor pixels, the others none. */
export async function smallSet(studies: string[], slices: number): Promise<Files> {
  const files: Files = {};
  for (const [index, study] of studies.entries()) {
    for (let position = 1; position <= slices; position++) {
      files[`${study}/${study}_${position}.png`] = await smallImage(index * 100 + position);
      files[`${study}/${study}_${position}_mask.png`] = await smallMask(position === 1 ? 5 : 0);
    }
  }
  return files;
}

export function zipOf(files: Files): Buffer {
  return makeZip(Object.entries(files).map(([name, bytes]) => ({ name, bytes, store: true })));
}

/** Lays files out in a new folder and returns its path. */
export async function layOut(files: Files): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "sulcus-import-"));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), bytes);
  }
  return root;
}

export const untroubled = { signal: new AbortController().signal, progress() {} };

/** Imports what lies at `place` as the worker does, and returns the report. */
export async function importAt(place: string, cohort: "REAL" | "PHANTOM" = "REAL"): Promise<ImportReport> {
  const { importId } = await beginPathImport(systemActor, { file: place, cohort });
  await importArchive({ importId }, untroubled);
  return (await findImport(systemActor, { importId })).report!;
}

export async function importFiles(files: Files): Promise<ImportReport> {
  return importAt(await layOut(files));
}

/** Begins an import and stops it after `slices` slices, as a worker that is told to. */
export async function importUntil(place: string, slices: number): Promise<string> {
  const { importId } = await beginPathImport(systemActor, { file: place });
  const controller = new AbortController();
  const stopped = importArchive(
    { importId },
    {
      signal: controller.signal,
      progress: (done) => {
        if (done >= slices) controller.abort(new Error("stopped by the test"));
      },
    },
  );
  await stopped.then(
    () => {
      throw new Error("the import ended before it was stopped");
    },
    (error: Error) => {
      if (error.message !== "stopped by the test") throw error;
    },
  );
  return importId;
}

export async function cancelled(importId: string): Promise<ImportReport | null> {
  await endImport(importId, "CANCELLED", null);
  return (await findImport(systemActor, { importId })).report;
}
