import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sulcus-lint-"));
  cpSync(path.join(root, "bin/lint"), path.join(folder, "bin/lint"), { recursive: true });
  cpSync(path.join(root, "biome.json"), path.join(folder, "biome.json"));
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
  for (const name of ["app", "lib/words", "lib/features", "workers"])
    mkdirSync(path.join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether the project's own rule refuses a line in a file. */
function refuses(line: string, file = "lib/features/a.ts"): boolean {
  writeFileSync(path.join(folder, file), `${line}\n`);
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", file], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout + stderr).toContain("Checked 1 file");
  return (stdout + stderr).includes("Below the pages nothing is worded");
}

describe("code below the pages", () => {
  it("is refused a sentence in the place of a code", () => {
    for (const line of [
      'export const a = conflict(asWritten("This has ended"));',
      "export const a = conflict(asWritten(`Model $" + "{number} has ended`));",
      'export const a = conflict({ code: "as-written", text: "This has ended" });',
    ])
      for (const file of ["lib/features/a.ts", "workers/a.ts"]) expect(refuses(line, file), line).toBe(true);
  });

  it("may hand on what others wrote, and the words' own floor and pages word", () => {
    expect(refuses("export const a = asWritten(error.message);")).toBe(false);
    expect(refuses('export const a = conflict({ code: "job-ended" });')).toBe(false);
    const line = 'export const a = asWritten("This has ended");';
    for (const file of ["lib/words/a.ts", "app/a.ts"]) expect(refuses(line, file)).toBe(false);
  });
});
