import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./folders.mjs";

const output = path.join(root, "public/cornerstone/computeWorker.js");
const stamp = path.join(root, "public/cornerstone/.made-from");

/**
 * Bundles Cornerstone's compute worker to `public/cornerstone/computeWorker.js`, unless it is there for this version.
 * Turbopack never ends on that worker's module graph, so next.config.ts points its address at this file.
 */
export async function ensureCornerstoneWorkers() {
  const tools = path.join(root, "node_modules/@cornerstonejs/tools");
  const { version } = JSON.parse(readFileSync(path.join(tools, "package.json"), "utf8"));
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === version)
    return { quiet: true };
  const { build } = await import("esbuild");
  mkdirSync(path.dirname(output), { recursive: true });
  await build({
    entryPoints: [path.join(tools, "dist/esm/workers/computeWorker.js")],
    outfile: output,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    // Node's modules stand in branches that a browser never takes.
    plugins: [{ name: "no-node-in-the-browser", setup: emptyNodeModules }],
  });
  writeFileSync(stamp, version);
}

function emptyNodeModules({ onResolve, onLoad }) {
  onResolve({ filter: /^(fs|path|url|events)$/ }, ({ path: name }) => ({ path: name, namespace: "empty" }));
  onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export default {}", loader: "js" }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureCornerstoneWorkers();
