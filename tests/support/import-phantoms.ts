import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { findImport } from "@/lib/features/imports/find-import";
import { systemActor } from "@/lib/records/access";
import { withInstallation } from "../../bin/commands/installation";
import { waitForJob } from "../../bin/commands/wait-for-job";

/**
 * A program: imports the archive named in its argument into the installation of SULCUS_DATA as made-up images, as the
 * demo is, and prints the import's report. `sulcus import` takes what it is given for real patients.
 */
const report = await withInstallation(async ({ ensureWorker }) => {
  const { importId, jobId } = await beginPathImport(systemActor, {
    file: process.argv[2]!,
    cohort: "PHANTOM",
  });
  await ensureWorker();
  await waitForJob(jobId);
  return (await findImport(systemActor, { importId })).report;
});
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(report ? 0 : 1);
