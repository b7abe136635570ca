import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { ensureCornerstoneWorkers } from "./cornerstone-workers.mjs";
import { root } from "./folders.mjs";
import { SetupProblem } from "./problem.mjs";

const sources = [
  "app",
  "lib",
  "public",
  "next.config.ts",
  "proxy.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "prisma/schema.prisma",
  "bin/setup/cornerstone-workers.mjs",
  "bin/setup/cornerstone-worker-loader.cjs",
];
const ignored = ["lib/platform/generated", "public/cornerstone"]; // made from what is listed
const stamp = path.join(root, ".next/.sulcus-built");

/** Builds the web application when its sources have changed since the last build. */
export async function ensureBuild({ step }, children, env) {
  const wanted = contentHash(sources, ignored);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  await step("Web application", "build the web application", async (progress) => {
    progress("bundling the viewer's worker");
    await ensureCornerstoneWorkers();
    progress("building");
    const next = path.join(root, "node_modules/next/dist/bin/next");
    const { code, output } = await children.run(process.execPath, [next, "build"], {
      cwd: root,
      env,
      onLine: (line) =>
        /^\s*(Creating|✓|Collecting|Generating|Finalizing|Running)/.test(line) && progress(line.trim()),
    });
    if (code !== 0) throw buildProblem(output);
    writeFileSync(stamp, wanted);
    return { note: "built" };
  });
}

function buildProblem(output) {
  if (/ENOSPC/.test(output)) return new SetupProblem("The disk is full: could not build. Free some space.");
  return new SetupProblem(
    `Building the web application failed:\n${output.split("\n").slice(-40).join("\n")}`,
  );
}
