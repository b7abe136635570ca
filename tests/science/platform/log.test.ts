import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { typescriptCommand, typescriptEnv } from "../../../bin/setup/typescript-command.mjs";

/** What a program with these lines writes to standard error, an object a line. */
function logged(lines: string): Record<string, unknown>[] {
  const { command, args } = typescriptCommand("lib/platform/log.ts");
  const program = `import(${JSON.stringify(args.at(-1))}).then(({ log, quietLog }) => { ${lines}; process.exit(0); });`;
  const { stderr, stdout } = spawnSync(command, [...args.slice(0, -1), "--eval", program], {
    encoding: "utf8",
    env: { ...process.env, ...typescriptEnv },
  });
  expect(stdout).toBe("");
  return stderr
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe("the log", () => {
  it("is one object a line on standard error, written before the process ends", () => {
    const [first, second] = logged('log.info("worker 1 takes jobs"); log.warn("one\\nline")');
    expect(first).toMatchObject({ level: "info", msg: "worker 1 takes jobs", pid: expect.any(Number) });
    expect(Math.abs(Date.now() - Date.parse(first!.time as string))).toBeLessThan(60_000);
    expect(second).toMatchObject({ level: "warn", msg: "one\nline" });
  });

  it("keeps a fault's stack", () => {
    const [line] = logged('log.error("job 1 failed", new Error("no such table"))');
    expect(line).toMatchObject({ level: "error", msg: "job 1 failed", err: { message: "no such table" } });
    expect((line!.err as { stack: string }).stack).toMatch(/Error: no such table\n +at /);
  });

  it("that is quiet keeps warnings and faults alone", () => {
    const levels = logged('quietLog(); log.info("a"); log.warn("b"); log.error("c")').map(
      ({ level }) => level,
    );
    expect(levels).toEqual(["warn", "error"]);
  });
});
