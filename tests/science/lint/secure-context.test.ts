import { describe, expect, it } from "vitest";
import { tryLintRule } from "../../support/lint-rule";

const isRefused = tryLintRule("Browsers have no such thing on plain http under a host name", ["app", "lib"], {
  overrides: [{ includes: ["app/**"], plugins: ["./bin/lint/secure-context.grit"] }],
});
const refuses = (line: string, file = "app/a.ts") => isRefused(line, file);

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
