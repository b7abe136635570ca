import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Tries one of the project's own lint rules, the one that says `message`, on files of a folder with these folders in it.
 * `config` is its biome.json; the project's where it is left out. Returns whether the rule refuses a line in a file.
 */
export function tryLintRule(message: string, folders: readonly string[], config?: object) {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sulcus-lint-"));
    cpSync(path.join(root, "bin/lint"), path.join(folder, "bin/lint"), { recursive: true });
    const settings = path.join(folder, "biome.json");
    if (config) writeFileSync(settings, JSON.stringify(config));
    else cpSync(path.join(root, "biome.json"), settings);
    spawnSync("git", ["init", "--quiet"], { cwd: folder });
    for (const name of folders) mkdirSync(path.join(folder, name), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  return (line: string, file: string): boolean => {
    writeFileSync(path.join(folder, file), `${line}\n`);
    const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
    const options = { cwd: folder, encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", file], options);
    expect(stdout + stderr).toContain("Checked 1 file");
    return (stdout + stderr).includes(message);
  };
}
