import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { findImport } from "@/lib/features/imports/find-import";
import { importCounts } from "@/lib/features/imports/import-counts";
import { systemActor } from "@/lib/records/access";
import { sayOfFile } from "@/lib/words/files";
import { sayRefusal } from "@/lib/words/refusals";
import { type Command, CommandFailed, callersPath, onlyArgument } from "./command";
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
      if (!done.report)
        throw new CommandFailed(done.error ? sayRefusal(done.error) : "The import left no report");
      return done.report;
    });
    const { rejects: files, ...figures } = importCounts(report);
    const counts = {
      ...figures,
      rejects: files.map(({ file, reason }) => ({ file, reason: sayOfFile(reason) })),
    };
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
