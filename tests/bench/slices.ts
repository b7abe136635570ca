import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { systemActor } from "@/lib/records/access";
import { copyPhantoms } from "../support/phantom-set";
import { sharedFile } from "../support/shared-data";
import { shareGraph } from "../support/worker-process";

/** Nobody asks to stop, nobody looks at the progress. */
export const unwatched = { signal: new AbortController().signal, progress() {}, log() {} };

/**
 * Fills the empty database with the slices that a bench works on and puts the shipped model into production: those of
 * an archive, or `phantoms`; else the small public LGG set where it is there, else phantoms.
 */
export async function importBenchSlices(set?: string): Promise<{ cohort: Cohort; slices: number }> {
  await ensureInitialModel();
  await shareGraph();
  const shared = set === "phantoms" ? null : (set ?? sharedFile("data/lgg-mini.zip"));
  const cohort: Cohort = shared ? "REAL" : "PHANTOM";
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-bench-"));
  const file = shared ?? (await copyPhantoms(folder)).folder;
  const { importId } = await beginPathImport(systemActor, { file, cohort });
  await importArchive({ importId }, unwatched);
  await rm(folder, { recursive: true });
  return { cohort, slices: await database().slice.count() };
}
