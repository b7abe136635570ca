import type { CollectReport } from "@/lib/features/system/collect-schema";
import { collectUnused } from "@/lib/features/system/collect-unused";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

export const collect: Command = {
  usage: "collect [--dry-run] [--most]",
  summary: "remove what nothing uses (the workers do it daily); --dry-run only says what would be removed",
  options: { "dry-run": { type: "boolean" }, most: { type: "boolean" } },
  async run(options) {
    noArguments(options);
    const report = await withInstallation(() =>
      collectUnused(systemActor, { dryRun: options.flag("dry-run"), most: options.flag("most") }),
    );
    options.print(report, inWords(report));
  },
};

function inWords({
  dryRun,
  uploads,
  objects,
  derived,
  leftOvers,
  predictions,
  limits,
}: CollectReport): string {
  const rows = { "abandoned uploads": uploads, "unused objects": objects, "unused derived files": derived };
  return [
    dryRun ? "Would be removed:" : "Removed:",
    ...Object.entries({ ...rows, "half-written files": leftOvers }).map(
      ([name, { count, bytes }]) => `  ${name.padEnd(32)} ${count} (${(bytes / 1e6).toFixed(1)} MB)`,
    ),
    `  ${"predictions of rejected models".padEnd(32)} ${predictions}`,
    `  ${"counts of attempts that are over".padEnd(32)} ${limits}`,
  ].join("\n");
}
