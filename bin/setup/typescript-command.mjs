import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./folders.mjs";

/** How to run one of the project's TypeScript files in a process of its own, from any working folder. */
export function typescriptCommand(file, args = []) {
  const loader = pathToFileURL(createRequire(path.join(root, "package.json")).resolve("tsx")).href;
  return { command: process.execPath, args: ["--import", loader, path.join(root, file), ...args] };
}

/** The environment such a process needs: tsx looks for the path aliases in the working folder otherwise. */
export const typescriptEnv = { TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json") };
