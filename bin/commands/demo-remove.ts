import type { DemoContents } from "@/lib/features/system/demo-schema";
import { previewDemo, removeDemo } from "@/lib/features/system/remove-demo";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

export const demoRemove: Command = {
  usage: "demo remove [--dry-run]",
  summary:
    "remove every phantom with what was recorded of it, and the demo's accounts; --dry-run only says what",
  options: { "dry-run": { type: "boolean" } },
  async run(options) {
    noArguments(options);
    const isDryRun = options.flag("dry-run");
    const contents = await withInstallation(async () => {
      const found = await previewDemo(systemActor);
      return isDryRun ? found : removeDemo(systemActor, found);
    });
    options.print({ dryRun: isDryRun, ...contents }, inWords(contents, isDryRun));
  },
};

function inWords(contents: DemoContents, isDryRun: boolean): string {
  const { patients, slices, peoplesLabels, drafts, candidates, accounts } = contents;
  return [
    isDryRun ? "Would be removed:" : "Removed:",
    `  phantoms                  ${patients}, with ${slices} slices`,
    `  people's labels on them   ${peoplesLabels}`,
    `  unsaved drawings          ${drafts}`,
    `  candidates retired        ${candidates}`,
    `  accounts deactivated      ${accounts.join(", ") || "none"}`,
  ].join("\n");
}
