import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { findImport } from "@/lib/features/imports/find-import";
import { importCounts } from "@/lib/features/imports/import-counts";
import { unavailable } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";
import { type Command, callersPath, onlyArgument } from "./command";
import { withInstallation } from "./installation";
import { waitForJob } from "./wait-for-job";

export const importCommand: Command = {
  usage: "import PATH",
  summary: "import a zip or a folder of slices; prints what this import did",
  async run(options) {
    const file = callersPath(onlyArgument(options, "path"));
    const report = await withInstallation(async ({ ensureWorker }) => {
      const { importId, jobId } = await beginPathImport(systemActor, { file });
      await ensureWorker();
      await waitForJob(jobId);
      const done = await findImport(systemActor, { importId });
      if (!done.report) throw unavailable(done.error ?? "The import left no report");
      return done.report;
    });
    const counts = importCounts(report);
    const rejects = counts.rejects.map(({ file, reason }) => `  ${file}: ${reason}`);
    options.print(
      counts,
      [
        `${counts.patients} patients, ${counts.studies} studies, ${counts.slices} slices, ${counts.masks} masks, ` +
          `${counts.tumorSlices} slices with tumor`,
        `${counts.alreadyThere} slices were known, ${counts.conflicts} conflicts, ${counts.rejects.length} rejects`,
        ...rejects,
      ].join("\n"),
    );
  },
};
