import { setImmediate } from "node:timers/promises";
import { openArchive } from "@/lib/platform/archive";
import { type Archive, type ArchiveEntry, ArchiveError } from "@/lib/platform/archive-entry";
import { invalid } from "@/lib/platform/errors";
import type { FileProblem, ImportPlan, TableText } from "@/lib/science/imaging/import-plan";
import { planSteps } from "@/lib/science/imaging/plan-import";
import { type PlanFindings, planFindings } from "./plan-findings";

/**
 * Opens an archive and plans its import from its list of files and its tables; no image is read.
 * The caller closes the archive.
 *
 * Throws `invalid` where the archive is broken, refused, or holds no image.
 */
export async function openPlanned(
  path: string,
): Promise<{ archive: Archive; plan: ImportPlan; findings: PlanFindings }> {
  return inWords(async () => {
    const archive = await openArchive(path);
    try {
      const plan = await planArchive(archive);
      if (plan.studies.length === 0) {
        const first = plan.rejects[0];
        throw new ArchiveError(
          `It holds no image that can be imported${first ? ` (${first.file}: ${first.reason})` : ""}`,
        );
      }
      return { archive, plan, findings: planFindings(archive, plan) };
    } catch (error) {
      await archive.close();
      throw error;
    }
  });
}

/** Largest table read, in bytes: a row a slice of the largest archive takes less. */
const tableLimit = 64 * 2 ** 20;

async function planArchive(archive: Archive): Promise<ImportPlan> {
  const files: ArchiveEntry[] = [];
  const tables: TableText[] = [];
  const unreadable: FileProblem[] = [];
  for await (const entry of archive.entries()) {
    files.push(entry);
    if (!/\.csv$/i.test(entry.path)) continue;
    try {
      if (entry.size > tableLimit) throw new ArchiveError("is larger than a table may be (64 MiB)");
      tables.push({ path: entry.path, text: (await archive.read(entry)).toString("utf8") });
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      unreadable.push({ file: entry.path, reason: error.message });
    }
  }
  const plan = await withPauses(planSteps(files, tables));
  plan.rejects.push(...unreadable);
  return plan;
}

/** Lets a worker hear of a cancelled job, and write its progress, between two steps. */
async function withPauses<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveError)
      throw invalid("archive", `The archive cannot be imported: ${error.message}`);
    throw error;
  }
}
