import path from "node:path";

/**
 * The file of a program that code starts in a process of its own: its source beside that code, or, where that is compiled,
 * what bin/setup/compile.mjs made of it under `name`. `callersFile` is the caller's `import.meta.filename`.
 */
export function programFile(callersFile: string, source: string, name: string): string {
  const folder = path.dirname(callersFile);
  return path.join(folder, callersFile.endsWith(".ts") ? source : `${name}.mjs`);
}
