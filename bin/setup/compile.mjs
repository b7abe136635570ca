import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { contentHash } from "./content-hash.mjs";
import { root } from "./folders.mjs";
import { SetupProblem } from "./problem.mjs";

/** Programs in TypeScript that Node runs; by the name under which they are compiled. */
const programs = {
  sulcus: "bin/sulcus.ts",
  worker: "workers/main.ts",
  "examine-machine": "workers/health/main.ts",
  "decode-images": "lib/features/imports/images/decode-images.ts",
  migrate: "lib/platform/migrate.ts",
};
const sources = ["bin", "workers", "lib", "package-lock.json", "tsconfig.json"];
/** Read when the programs run, never compiled. */
const data = ["lib/engine/shipped"];
const folder = path.join(root, ".compiled");

let current;
/** Where the programs of these very sources are, or will be: the folder's name is the hash of the sources. */
function currentFolder() {
  current ??= path.join(folder, contentHash(sources, data).slice(0, 16));
  return current;
}

/** The file to run for a program. It is there after `ensureCompiled`. */
export function compiledProgram(name) {
  return path.join(currentFolder(), `${name}.mjs`);
}

/** How to run a program in a process of its own, from any working folder. */
export function compiledCommand(name, args = []) {
  return { command: process.execPath, args: ["--enable-source-maps", compiledProgram(name), ...args] };
}

/** Loads a program, or what it exports, into this process. */
export function importCompiled(name) {
  return import(pathToFileURL(compiledProgram(name)).href);
}

/** Compiles command line and worker, unless that was done of these very sources: Node then starts them in no time. */
export async function ensureCompiled({ step }) {
  const target = currentFolder();
  if (existsSync(target)) return;
  await step("Command line and worker", "compile them", async () => {
    const unfinished = `${target}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await compile(unfinished);
      if (!existsSync(target)) renameSync(unfinished, target); // appears whole or not at all
    } catch (error) {
      if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return { quiet: true }; // another one was quicker
      throw error.errors ? new SetupProblem(`Compiling failed: ${error.message}`) : error;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return { note: "compiled" };
  });
}

/** Removes what was compiled of other sources. Only for who holds the installation: a running worker loads from it. */
export function removeEarlierCompiled() {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name !== path.basename(currentFolder()))
      rmSync(path.join(folder, name), { recursive: true, force: true });
}

async function compile(outdir) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(programs).map(([name, file]) => [name, path.join(root, file)]),
    ),
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    alias: { "@": root },
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as sulcusRequire } from "node:module";\nconst require = sulcusRequire(import.meta.url);',
    },
    plugins: [
      { name: "packages-stay-outside", setup: leavePackages },
      { name: "files-stay-where-they-are", setup: keepPlaces },
    ],
  });
}

/** Packages of many small files, or slow to find, that every command needs; the others are loaded from node_modules. */
const bundled =
  /^(zod|pg|pg-[\w-]+|pgpass|postgres-[\w-]+|split2|xtend|@prisma\/(adapter-pg|driver-adapter-utils|debug|client\/runtime\/client))(\/|$)/;

function leavePackages({ onResolve }) {
  onResolve({ filter: /^(@[\w-]+\/)?[a-z]/ }, ({ path: name, kind }) => {
    if (kind === "entry-point" || (bundled.test(name) && name !== "pg-native")) return null;
    return { path: name, external: true };
  });
}

/**
 * Code that looks for files beside itself (the shipped networks, threads in plain JavaScript) finds them beside its
 * source, from wherever its compiled form lies.
 */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.(ts|mjs)$/ }, ({ path: file }) => {
    if (file.includes("node_modules")) return null;
    const contents = readFileSync(file, "utf8");
    const loader = file.endsWith(".ts") ? "ts" : "js";
    if (!contents.includes(`${meta}.`)) return { contents, loader };
    const source = path.relative(root, file).split(path.sep).join("/");
    const url = `new URL(${JSON.stringify(`../../${source}`)}, ${meta}.url)`;
    return {
      contents: contents
        .replaceAll(`${meta}.url`, `${url}.href`)
        .replaceAll(`${meta}.dirname`, `sulcusPath.dirname(sulcusFile(${url}))`)
        .concat(
          '\nimport { fileURLToPath as sulcusFile } from "node:url";\nimport sulcusPath from "node:path";\n',
        ),
      loader,
    };
  });
}

/** In two parts, since this file is compiled too. */
const meta = ["import", "meta"].join(".");
