import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Children } from "./children.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { root } from "./folders.mjs";
import { ensurePrismaClient } from "./prisma-client.mjs";
import { SetupProblem } from "./problem.mjs";
import { makeReporter } from "./steps.mjs";
import { readTestArguments } from "./test-arguments.mjs";
import { countNodeTests, countPlaywrightTests, countVitestTests } from "./test-counts.mjs";
import { ensureTestDatabase, stopTestDatabase, testFolder } from "./test-database.mjs";
import { forgetOperatorsSettings, withProduct } from "./test-installation.mjs";

/**
 * `npm test`: sets up what the checks need, runs them all, a failed one not stopping the others, and closes with
 * `N passed, N failed`, in which a runner counts each of its tests and any other check counts as one.
 * `--only lint,types,unit,e2e` chooses groups. `--changed [COMMIT]` leaves out tests that nothing concerns which changed
 * since the commit: of unit tests by what they import, of set-up tests by folder; of end-to-end tests it keeps the files
 * that changed themselves.
 */
export async function testProduct(args) {
  const children = new Children();
  const reporter = makeReporter();
  const { only, changed } = argumentsOrExit(args);
  stopOnSignals(children);
  forgetOperatorsSettings();

  const results = [];
  try {
    mkdirSync(testFolder, { recursive: true });
    await ensureDependencies(reporter, children);
    await ensurePrismaClient(reporter, children);
    for (const { group, name, work } of checks(children, changed && changesSince(changed))) {
      if (!only.includes(group)) continue;
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

function checks(children, changes) {
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
    { group: "unit", name: "Set-up tests", work: () => runNodeTests(children, changes) },
    ...["science", "features", "workers"].map((project) => ({
      group: "unit",
      name: `Tests of ${project}`,
      work: () => runVitest(children, project, changes),
    })),
    { group: "e2e", name: "End-to-end tests", work: () => runEndToEnd(children, changes) },
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

async function runNodeTests(children, changes) {
  if (changes && !changes.files.some((file) => /^(bin|tests\/setup)\//.test(file)))
    return leftOut("nothing in bin or tests/setup changed");
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

async function runVitest(children, project, changes) {
  const file = freshFile(`vitest-${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...(changes ? [`--changed=${changes.commit}`, "--passWithNoTests"] : []),
  ];
  return countVitestTests(
    file,
    await show(children, process.execPath, ["node_modules/vitest/vitest.mjs", ...args]),
  );
}

async function runEndToEnd(children, changes) {
  if (changes && !changes.files.some((file) => file.startsWith("tests/e2e/")))
    return leftOut("no end-to-end test changed; `npm test -- --only e2e` runs them all");
  const found = await children.run(process.execPath, ["tests/support/browser.mjs"], { cwd: root });
  if (found.code !== 0) throw new Error(found.output);
  const browser = found.output.split("\n").at(-1);
  const file = freshFile("playwright.json");
  return withProduct(children, path.join(testFolder, "e2e"), async (env) => {
    const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
    if (changes) args.push(`--only-changed=${changes.commit}`, "--pass-with-no-tests");
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

function argumentsOrExit(args) {
  try {
    return readTestArguments(args);
  } catch (error) {
    console.error(error.message);
    return process.exit(2);
  }
}

/** Files that differ from a commit, new ones included. */
function changesSince(commit) {
  const git = (...args) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
  try {
    return {
      commit,
      files: [
        ...git("diff", "--name-only", commit, "--"),
        ...git("ls-files", "--others", "--exclude-standard"),
      ],
    };
  } catch {
    throw new SetupProblem(`Git knows no commit "${commit}" here`);
  }
}

function leftOut(why) {
  console.log(`Left out: ${why}`);
  return { passed: 0, failed: 0, skipped: 0 };
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
