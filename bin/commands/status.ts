import { readStatus } from "@/lib/features/system/read-status";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

export const status: Command = {
  usage: "status",
  summary: "what is in the database and what the workers are doing",
  async run(options) {
    noArguments(options);
    const counts = await withInstallation(() => readStatus(systemActor));
    options.print(
      counts,
      Object.entries({
        ...counts,
        jobs: Object.entries(counts.jobs)
          .map(([name, n]) => `${n} ${name}`)
          .join(", "),
      })
        .map(([name, value]) => `${name.padEnd(12)} ${value}`)
        .join("\n"),
    );
  },
};
