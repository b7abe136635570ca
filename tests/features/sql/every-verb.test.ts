import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sqlFolder } from "../../support/committed-sql";

const root = path.resolve(import.meta.dirname, "../../..");

/** Files that use the database and have no statements committed of their own, and why. */
const exceptions: Record<string, string> = {
  "flags/flags-shown":
    "its one query of its own, the setting, stands with flags/list-flagged and flags/find-queue-place",
  "jobs/watch-changes": "sends LISTEN alone, on a connection that it keeps",
  "runs/stages": "its one query belongs to a stage and is in runs/finish-step",
  "snapshots/snapshot-lines":
    "its rows are read in batches by snapshots/verify-snapshot and snapshots/take-snapshot, and stand there",
};

/** FEATURE/FILE of a folder's files, without the ending. */
const inFolder = (folder: string, ending: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length).replaceAll(path.sep, "/"));

/** What a file has from the database beside types of rows. */
const usesDatabase =
  /import [^;]*\b(database|transaction|consistentRead|listen|Transaction|queryOnce)\b[^;]*platform\/(database|query-once)"/;

const files = inFolder("lib/features", ".ts");
const withDatabase = files.filter((file) =>
  usesDatabase.test(readFileSync(path.join(root, "lib/features", `${file}.ts`), "utf8")),
);
const tests = readdirSync(import.meta.dirname)
  .map((file) => readFileSync(path.join(import.meta.dirname, file), "utf8"))
  .join("\n");
const tested = [...tests.matchAll(/expectSql\(\s*"([^"]+)"/g)].map(([, verb]) => verb!);

describe("the statements of the features", () => {
  it("are compared for every file that uses the database, or a reason is given", () => {
    expect(withDatabase.length).toBeGreaterThan(100);
    const missing = withDatabase.filter((file) => !tested.includes(file) && !(file in exceptions));
    expect(missing).toEqual([]);
  });

  it("are committed for what is compared, and for nothing else", () => {
    expect(inFolder(sqlFolder, ".sql").sort()).toEqual([...new Set(tested)].sort());
  });

  it("have no exception that is not needed", () => {
    expect(
      Object.keys(exceptions).filter((file) => !withDatabase.includes(file) || tested.includes(file)),
    ).toEqual([]);
  });
});
