import { Children } from "./children.mjs";
import { ensureCompiled, importCompiled } from "./compile.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { dataFolder } from "./folders.mjs";
import { ensurePrismaClient } from "./prisma-client.mjs";
import { SetupProblem } from "./problem.mjs";
import { makeReporter } from "./steps.mjs";

/**
 * The command line, compiled, in this process. What it needs of set-up is made first; that is reported on standard error,
 * so that output stays clean.
 */
export async function runSulcus() {
  try {
    const reporter = makeReporter(process.stderr);
    const children = new Children();
    await ensureDependencies(reporter, children);
    await ensurePrismaClient(reporter, children);
    await ensureCompiled(reporter);
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    process.exit(1);
  }
  process.env.SULCUS_DATA = dataFolder();
  if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true); // read at each start, so only where wanted
  await importCompiled("sulcus");
}
