import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Expects a text that the code makes to be the one that is committed at `file`, so that a change of it shows in the diff
 * of the change that made it. `UPDATE_COMMITTED=1` writes the file instead.
 */
export function expectCommitted(file: string, text: string): void {
  const place = path.join(root, file);
  if (process.env.UPDATE_COMMITTED) {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  const committed = existsSync(place) ? readFileSync(place, "utf8") : "";
  expect(text, `${file} differs: look at the change, then run the test with UPDATE_COMMITTED=1`).toBe(
    committed,
  );
}
