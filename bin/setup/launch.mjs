import { spawn } from "node:child_process";
import { Children } from "./children.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { dataFolder } from "./folders.mjs";
import { ensurePrismaClient } from "./prisma-client.mjs";
import { SetupProblem } from "./problem.mjs";
import { makeReporter } from "./steps.mjs";
import { typescriptCommand, typescriptEnv } from "./typescript-command.mjs";

/**
 * Runs one of the project's TypeScript programs with this process' arguments, input, output and signals, and ends
 * as it ends. What it needs of set-up is made first; that is reported on standard error, so that output stays clean.
 */
export async function launch(file) {
  const children = new Children();
  try {
    const reporter = makeReporter(process.stderr);
    await ensureDependencies(reporter, children);
    await ensurePrismaClient(reporter, children);
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    process.exit(1);
  }
  const { command, args } = typescriptCommand(file, process.argv.slice(2));
  const env = { ...process.env, ...typescriptEnv, SULCUS_DATA: dataFolder() };
  const child = spawn(command, args, { stdio: "inherit", env });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT")); // a terminal's Ctrl-C has reached it already
  child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}
