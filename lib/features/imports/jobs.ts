import { jobContract } from "@/lib/platform/jobs";
import { ImportId } from "./schema";

/** Reads an archive's list of files and its tables for a preview. */
export const inspectArchiveJob = jobContract("inspect-archive", ImportId);

/** Brings an archive's studies, slices and labels into the database. */
export const importArchiveJob = jobContract("import-archive", ImportId);

/** The keys of an import's jobs: at most one of each kind is active. */
export const importJobKeys = (importId: string) => ({
  inspect: `inspect-archive:${importId}`,
  import: `import-archive:${importId}`,
});
