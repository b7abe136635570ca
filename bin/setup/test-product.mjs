import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Children } from "./children.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { root } from "./folders.mjs";
import { ensurePrismaClient } from "./prisma-client.mjs";
import { SetupProblem } from "./problem.mjs";
import { makeReporter } from "./steps.mjs";
import { countNodeTests, countPlaywrightTests, countVitestTests } from "./test-counts.mjs";
import { ensureTestDatabase, stopTestDatabase, testFolder } from "./test-database.mjs";
import { forgetOperatorsSettings, withProduct } from "./test-installation.mjs";

const groups = ["lint", "types", "unit", "e2e"];

/**
 * `npm test`: sets up what the checks need, runs them all, a failed one not stopping the others, and closes with
 * `N passed, N failed`, in which a runner counts each of its tests and any other check counts as one.
 * `--only lint,types,unit,e2e` chooses groups.
 */
export async function testProduct(args) {
  const children = new Children();
  const reporter = makeReporter();
  const wanted = chosenGroups(args);
  stopOnSignals(children);
  forgetOperatorsSettings();

  const results = [];
  try {
    mkdirSync(testFolder, { recursive: true });
    await ensureDependencies(reporter, children);
    await ensurePrismaClient(reporter, children);
    for (const { group, name, work } of checks(children)) {
      if (!wanted.includes(group)) continue;
      console.log(`\n── ${name}`);
      const began = Date.now();
      const result = await work().catch((error) => failedToRun(error));
      results.push({ name, seconds: (Date.now() - began) / 1000, ...result });
    }
  } catch (error) {
    if (children.stopping) return;
    console.error(`\n${error instanceof SetupProblem ? error.message : error.stack}`);
    results.push({ name: "Set-up", seconds: 0, passed: 0, failed: 1, skipped: 0 });
  }
  if (children.stopping) return;
  await stopTestDatabase();
  process.exit(summarise(results) ? 0 : 1);
}

function checks(children) {
  const tool = (file, ...args) =>
    runCheck(children, process.execPath, [path.join("node_modules", file), ...args]);
  const colour = `--colors=${process.stdout.isTTY ? "force" : "off"}`;
  const folders = ["app", "lib", "workers", "bin"].filter((name) => existsSync(path.join(root, name)));
  return [
    {
      group: "lint",
      name: "Format and lint",
      work: () => tool("@biomejs/biome/bin/biome", "ci", colour, "."),
    },
    {
      group: "types",
      name: "Types",
      work: async () => {
        const routes = await tool("next/dist/bin/next", "typegen"); // pages are checked against their routes
        return routes.failed ? routes : tool("typescript/bin/tsc", "--noEmit", "-p", ".");
      },
    },
    {
      group: "lint",
      name: "Dependency floors",
      work: () =>
        tool(
          "dependency-cruiser/bin/dependency-cruise.mjs",
          "--config",
          ".dependency-cruiser.cjs",
          ...folders,
        ),
    },
    { group: "lint", name: "Schema equals migrations", work: () => compareSchema(children) },
    { group: "unit", name: "Set-up tests", work: () => runNodeTests(children) },
    ...["science", "features", "workers"].map((project) => ({
      group: "unit",
      name: `Tests of ${project}`,
      work: () => runVitest(children, project),
    })),
    { group: "e2e", name: "End-to-end tests", work: () => runEndToEnd(children) },
  ];
}

async function compareSchema(children) {
  const { url } = await ensureTestDatabase();
  const prisma = path.join("node_modules/prisma/build/index.js");
  const args = [
    "migrate",
    "diff",
    "--from-migrations",
    "prisma/migrations",
    "--to-schema",
    "prisma/schema.prisma",
  ];
  return runCheck(children, process.execPath, [prisma, ...args, "--exit-code"], { DATABASE_URL: url });
}

async function runNodeTests(children) {
  const file = freshFile("node.tap");
  const reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"];
  const counting = ["--test-reporter=tap", `--test-reporter-destination=${file}`];
  const args = ["--test", "--test-timeout=300000", ...reporters, ...counting, ...nodeTests()];
  return countNodeTests(file, await show(children, process.execPath, args));
}

/** One by one: Node 20 knows no patterns, and later ones no folders. */
function nodeTests() {
  const names = readdirSync(path.join(root, "tests/setup")).filter((name) => name.endsWith(".test.mjs"));
  return names.map((name) => path.join("tests/setup", name));
}

async function runVitest(children, project) {
  const file = freshFile(`vitest-${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  return countVitestTests(
    file,
    await show(children, process.execPath, ["node_modules/vitest/vitest.mjs", ...args]),
  );
}

async function runEndToEnd(children) {
  const found = await children.run(process.execPath, ["tests/support/browser.mjs"], { cwd: root });
  if (found.code !== 0) throw new Error(found.output);
  const browser = found.output.split("\n").at(-1);
  const file = freshFile("playwright.json");
  return withProduct(children, path.join(testFolder, "e2e"), async (env) => {
    const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
    const exit = await show(children, process.execPath, args, {
      ...env,
      CHROMIUM_PATH: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    return countPlaywrightTests(file, exit);
  });
}

async function runCheck(children, command, args, env) {
  const { code } = await show(children, command, args, env);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Runs a command and shows what it says as it says it, in colour where that is seen by a person. */
function show(children, command, args, env = {}) {
  const { FORCE_COLOR, NO_COLOR, ...outside } = process.env;
  const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
  const options = { cwd: root, env: { ...outside, ...colour, ...env }, onLine: (line) => console.log(line) };
  return children.run(command, args, options);
}

function failedToRun(error) {
  console.error(error.message);
  return { passed: 0, failed: 1, skipped: 0 };
}

function freshFile(name) {
  const file = path.join(testFolder, name);
  rmSync(file, { force: true });
  return file;
}

function stopOnSignals(children) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, async () => {
      if (children.stopping) return;
      await children.stop(12_000); // the tested product stops its own processes in 10 s
      await stopTestDatabase();
      process.exit(130);
    });
}

function chosenGroups(args) {
  const at = args.indexOf("--only");
  const chosen = at < 0 ? groups : (args[at + 1] ?? "").split(",");
  if ((args.length > 0 && at !== 0) || args.length > 2 || chosen.some((group) => !groups.includes(group))) {
    console.error(`Usage: npm test [-- --only ${groups.join(",")}]`);
    process.exit(2);
  }
  return chosen;
}

function summarise(results) {
  console.log("");
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, seconds, ...counts } of results) {
    for (const key of Object.keys(total)) total[key] += counts[key];
    console.log(
      `${counts.failed ? "✗" : "✓"} ${name.padEnd(28)} ${inWords(counts)} (${seconds.toFixed(1)} s)`,
    );
  }
  console.log(inWords(total));
  return total.failed === 0 && total.passed > 0;
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
