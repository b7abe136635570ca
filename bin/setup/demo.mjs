import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compiledCommand } from "./compile.mjs";
import { SetupProblem } from "./problem.mjs";

const accountsFile = (dataDir) => path.join(dataDir, "demo-accounts.json");

/** Makes the demo on the first start, unless SULCUS_DEMO=0. Its passwords are kept, readable by their owner alone. */
export async function ensureDemo({ step }, children, { dataDir, env }) {
  if (process.env.SULCUS_DEMO === "0" || existsSync(accountsFile(dataDir))) return;
  await step("Demo", "make the demo", async (progress) => {
    const { command, args } = compiledCommand("sulcus", ["demo"]);
    const { code, output } = await children.run(command, args, {
      cwd: env.SULCUS_DATA,
      env,
      onLine: progress,
    });
    if (code !== 0) throw new SetupProblem(`Making the demo failed:\n${output}`);
    const printed = output.split("\n").find((line) => line.startsWith('{"accounts"'));
    if (!printed) throw new SetupProblem(`Making the demo named no accounts:\n${output}`);
    writeFileSync(accountsFile(dataDir), printed, { mode: 0o600 });
  });
}

/** The demo's accounts, `[{ email, role, password }]`; empty where there is no demo. */
export function demoAccounts(dataDir) {
  const file = accountsFile(dataDir);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).accounts : [];
}
