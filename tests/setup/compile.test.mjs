import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Children } from "../../bin/setup/children.mjs";
import { compiledCommand, compiledProgram, ensureCompiled } from "../../bin/setup/compile.mjs";
import { root } from "../../bin/setup/folders.mjs";
import { ensurePrismaClient } from "../../bin/setup/prisma-client.mjs";

const reporter = { say() {}, step: (_name, _doing, work) => work(() => {}) };
before(async () => {
  await ensurePrismaClient(reporter, new Children());
  await ensureCompiled(reporter);
});

function run(...words) {
  const { command, args } = compiledCommand("sulcus", words);
  return spawnSync(command, args, { encoding: "utf8", cwd: "/" });
}

test("what was compiled of these sources is not compiled again", async () => {
  const { mtimeMs } = statSync(compiledProgram("sulcus"));
  await ensureCompiled({ step: () => assert.fail("compiled again") });
  assert.equal(statSync(compiledProgram("sulcus")).mtimeMs, mtimeMs);
});

test("the compiled command line lists its commands, from any folder", () => {
  const { status, stdout } = run("help");
  assert.equal(status, 0);
  for (const name of ["status", "health", "collect [--dry-run]", "user add EMAIL"])
    assert.ok(stdout.includes(`  ${name}`), name);
  assert.equal(run("nothing-of-the-kind").status, 2);
});

test("a command loads its own packages and no others", () => {
  const loaded = [compiledProgram("sulcus"), chunkExporting("status")].flatMap((file) =>
    entryAndChunks(file),
  );
  for (const heavy of [
    "onnxruntime-node",
    "@tensorflow/tfjs",
    "sharp",
    "graphile-worker",
    "esbuild",
    "@prisma/client",
  ])
    assert.ok(!loaded.some((file) => staticImports(file).some((name) => name.startsWith(heavy))), heavy);
  for (const file of loaded)
    assert.ok(!readFileSync(file, "utf8").includes("query_compiler"), "Prisma's query compiler");
});

test("files beside the sources are found from where the compiled form lies", () => {
  const program = `
    import { basePath } from ${JSON.stringify(pathToFileURL(chunkExporting("basePath")).href)};
    console.log(basePath);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    cwd: "/",
  });
  assert.ok(existsSync(stdout.trim()), stderr);
  assert.equal(path.dirname(stdout.trim()), path.join(root, "lib/engine/shipped"));
});

/** A compiled file with those that it imports when it is loaded. */
function entryAndChunks(file, known = new Set()) {
  if (known.has(file)) return [];
  known.add(file);
  const chunks = staticImports(file).filter((name) => name.startsWith("./"));
  return [file, ...chunks.flatMap((name) => entryAndChunks(path.resolve(path.dirname(file), name), known))];
}

function staticImports(file) {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"|^import "([^"]+)"/gm)].map(
    ([, from, alone]) => from ?? alone,
  );
}

function chunkExporting(name) {
  const folder = path.dirname(compiledProgram("sulcus"));
  const files = readdirSync(folder).filter((file) => file.endsWith(".mjs"));
  const exporting = new RegExp(`^export \\{[^}]*\\b${name}\\b`, "m");
  const found = files.find((file) => exporting.test(readFileSync(path.join(folder, file), "utf8")));
  assert.ok(found, `no chunk exports ${name}`);
  return path.join(folder, found);
}
