import { setImmediate } from "node:timers/promises";
import { openArchive } from "@/lib/platform/archive";
import { type Archive, type ArchiveEntry, ArchiveError } from "@/lib/platform/archive-entry";
import { invalid } from "@/lib/platform/errors";
import type { ImportPlan, TableText } from "@/lib/science/imaging/import-plan";
import { planSteps } from "@/lib/science/imaging/plan-import";
import { type PlanFindings, planFindings } from "./plan-findings";
import { type FileProblem, fileProblem } from "./schema";

/**
 * Opens an archive and plans its import from its list of files and its tables; no image is read.
 * The caller closes the archive.
 *
 * Throws `invalid` where the archive is broken, refused, or holds no image.
 */
export async function openPlanned(
  path: string,
): Promise<{ archive: Archive; plan: ImportPlan; findings: PlanFindings }> {
  return refusing(async () => {
    const archive = await openArchive(path);
    try {
      const { plan, unreadable } = await planArchive(archive);
      if (plan.studies.length === 0) {
        const first = plan.rejects[0] ?? unreadable[0] ?? null;
        throw invalid("archive", { code: "archive-not-importable", problem: { code: "no-image", first } });
      }
      return { archive, plan, findings: planFindings(archive, plan, unreadable) };
    } catch (error) {
      await archive.close();
      throw error;
    }
  });
}

/** Largest table read, in bytes: a row a slice of the largest archive takes less. */
const tableLimit = 64 * 2 ** 20;

/** The plan, and the tables that could not be read. */
async function planArchive(archive: Archive): Promise<{ plan: ImportPlan; unreadable: FileProblem[] }> {
  const files: ArchiveEntry[] = [];
  const tables: TableText[] = [];
  const unreadable: FileProblem[] = [];
  for await (const entry of archive.entries()) {
    files.push(entry);
    if (!/\.csv$/i.test(entry.path)) continue;
    if (entry.size > tableLimit) {
      unreadable.push(fileProblem(entry.path, { code: "table-too-large", limit: tableLimit }));
      continue;
    }
    try {
      tables.push({ path: entry.path, text: (await archive.read(entry)).toString("utf8") });
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      unreadable.push(fileProblem(entry.path, error.said));
    }
  }
  return { plan: await withPauses(planSteps(files, tables)), unreadable };
}

/** Lets a worker hear of a cancelled job, and write its progress, between two steps. */
async function withPauses<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

/** What is wrong with the archive as a refusal. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveError)
      throw invalid("archive", { code: "archive-not-importable", problem: error.said });
    throw error;
  }
}
