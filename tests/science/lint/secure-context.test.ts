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
  const overrides = [{ includes: ["app/**"], plugins: ["./bin/lint/secure-context.grit"] }];
  writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ overrides }));
  for (const name of ["app", "lib"]) mkdirSync(path.join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether the project's own rule refuses a line in a file. */
function refuses(line: string, file = "app/a.ts"): boolean {
  writeFileSync(path.join(folder, file), `${line}\n`);
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", file], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout + stderr).toContain("Checked 1 file");
  return (stdout + stderr).includes("Browsers have no such thing on plain http under a host name");
}

describe("code of the browser", () => {
  it("is refused what browsers offer on https and localhost alone", () => {
    for (const line of [
      "export const a = crypto.randomUUID();",
      "export const a = crypto?.randomUUID?.();",
      "export const a = window.crypto.subtle;",
      'export const a = navigator.clipboard.writeText("x");',
      "export const a = globalThis.navigator.storage.persist();",
      "export const a = navigator.serviceWorker;",
      "const { clipboard } = navigator; export { clipboard };",
    ])
      expect(refuses(line), line).toBe(true);
  });

  it("may use the rest, and the server's code may use all", () => {
    expect(refuses("export const a = crypto.getRandomValues(new Uint8Array(16));")).toBe(false);
    expect(refuses("export const a = navigator.userAgent;")).toBe(false);
    expect(refuses("export const a = crypto.randomUUID();", "lib/a.ts")).toBe(false);
  });
});
