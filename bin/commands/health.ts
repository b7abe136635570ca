import path from "node:path";
import { judgeMachine } from "@/lib/features/system/judge-machine";
import { type Health, readHealth, worstOf } from "@/lib/features/system/read-health";
import type { Finding, FindingState } from "@/lib/features/system/schema";
import { disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { sayFinding } from "@/lib/words/findings";
import { examineMachine } from "@/workers/health/examine-machine";
import { dataFolder, root } from "../setup/folders.mjs";
import { runningInstallation } from "../setup/running.mjs";
import { type Command, CommandFailed, noArguments } from "./command";

const marks: Record<FindingState, string> = { good: "✓", look: "!", broken: "✗" };

/** Starts nothing and changes nothing: the machine is examined without a database, the installation where it runs. */
export const health: Command = {
  usage: "health",
  summary: "check this machine and the installation; exit code 1 where there is an error",
  async run(options) {
    noArguments(options);
    const dataDir = dataFolder();
    process.env.SULCUS_DATA ??= dataDir;
    const hadDatabase = process.env.DATABASE_URL !== undefined;
    const databaseUrl = process.env.DATABASE_URL ?? runningInstallation(dataDir)?.databaseUrl;
    process.env.DATABASE_URL = databaseUrl ?? "none: Sulcus does not run";
    options.say("Checking this machine …");
    const machine = await examineMachine();
    const here = judgeMachine(machine);
    const installation = databaseUrl ? await examineInstallation() : { findings: [notRunning], machines: [] };
    if (!hadDatabase) delete process.env.DATABASE_URL;

    const elsewhere = installation.machines.filter(({ host }) => host !== machine.host);
    const all = [...here, ...installation.findings, ...elsewhere.flatMap(({ findings }) => findings)];
    const worst = worstOf(all);
    options.print(
      {
        worst,
        findings: [...here, ...installation.findings].map(sayFinding),
        machines: elsewhere.map((each) => ({ ...each, findings: each.findings.map(sayFinding) })),
        machine,
      },
      [
        inWords([...here, ...installation.findings]),
        ...elsewhere.map(({ host, pid, findings }) => `\nWorker ${pid} on ${host}\n${inWords(findings)}`),
        `\n${verdict(all)}`,
      ].join("\n"),
    );
    if (worst === "broken") throw new CommandFailed(verdict(all));
  },
};

async function examineInstallation(): Promise<Pick<Health, "findings" | "machines">> {
  try {
    return await readHealth(systemActor, path.join(root, "prisma/migrations"));
  } finally {
    await disconnect().catch(() => {});
  }
}

const notRunning: Finding = {
  group: "database",
  part: { code: "installation" },
  state: "look",
  says: { code: "not-running" },
  todo: { code: "start-or-name-database" },
};

function inWords(judged: readonly Finding[]): string {
  const findings = judged.map(sayFinding);
  const groups = [...new Set(findings.map(({ group }) => group))];
  return groups
    .map((group) =>
      [
        group,
        ...findings
          .filter((finding) => finding.group === group)
          .flatMap(({ name, state, says, todo }) => [
            `  ${marks[state]} ${name}: ${says}`,
            ...(todo ? [`    → ${todo}`] : []),
          ]),
      ].join("\n"),
    )
    .join("\n");
}

function verdict(findings: readonly Finding[]): string {
  const of = (state: FindingState) => findings.filter((finding) => finding.state === state);
  const errors = of("broken").map((finding) => sayFinding(finding).name);
  if (errors.length > 0) return `Errors: ${errors.join(", ")}`;
  const warnings = of("look").length;
  if (warnings === 0) return "Everything is good";
  return `No errors; ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
}
