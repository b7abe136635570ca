import { describe, expect, it } from "vitest";
import { tryLintRule } from "../../support/lint-rule";

const isRefused = tryLintRule("Below the pages nothing is worded", [
  "app",
  "lib/words",
  "lib/features",
  "workers",
]);
const refuses = (line: string, file = "lib/features/a.ts") => isRefused(line, file);

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
