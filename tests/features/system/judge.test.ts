import { describe, expect, it } from "vitest";
import { judgeInstallation } from "@/lib/features/system/judge-installation";
import { judgeMachine } from "@/lib/features/system/judge-machine";
import { worstOf } from "@/lib/features/system/read-health";
import type { Finding, InstallationFacts, MachineReport } from "@/lib/features/system/schema";
import { machineReport as machine } from "../../support/machine-report";

const GIB = 2 ** 30;

const facts: InstallationFacts = {
  postgres: "18.4",
  clockSkewMs: 12,
  migrations: { pending: [] },
  queue: { waiting: 0, running: 0, failed: 0, oldestWaitingMs: null, givenUp: 0 },
  workers: [{ id: "w", host: "reading-1", pid: 7, startedAt: new Date(), silentMs: 1_500, machine: null }],
  disk: { free: 100 * GIB, total: 200 * GIB },
  files: [{ what: "Base network shipped", state: "intact" }],
  production: { number: 1, base: "shipped" },
  unpredicted: { slices: 0, example: null },
  oldestUnsealedMs: 2_000,
  precision: { wanted: "f32", available: true },
};

const named = (findings: Finding[], name: string) => findings.find((finding) => finding.name === name)!;

describe("a machine", () => {
  it("without fault is good in every part, with what was found and why it was not taken", () => {
    const findings = judgeMachine(machine);
    expect(worstOf(findings)).toBe("good");
    expect(findings.every(({ todo }) => todo === null)).toBe(true);
    expect(named(findings, "ONNX Runtime").says).toBe(
      "1.30.0 on cpu, 4 threads, 4 images at once; other providers: cuda (not bundled)",
    );
    expect(named(findings, "tfjs-node-gpu").says).toBe("Not taken: not installed");
    expect(named(findings, "wasm").says).toBe("Taken: WebAssembly on the CPU, one thread");
    expect(named(findings, "Self-test").says).toBe(
      "The network gives the values it should (a relative difference of 3.0e-7, at most 1e-4 is allowed) in 90 ms an image",
    );
  });

  it.each<[string, Partial<MachineReport>, string, Finding["state"], RegExp]>([
    ["an old Node", { node: "v20.18.9" }, "Node", "broken", /20\.19/],
    [
      "more threads than a limit leaves",
      { cpu: { ...machine.cpu, limit: 1.5 } },
      "Processor",
      "look",
      /SULCUS_THREADS to 1/,
    ],
    [
      "little memory",
      { memory: { total: 16 * GIB, available: GIB, limit: 2 * GIB } },
      "Memory",
      "look",
      /add memory/,
    ],
    ["a disk that is almost full", { disk: { free: 1e8, total: GIB } }, "Disk", "broken", /Make room/],
    [
      "a disk with less than 20 GiB",
      { disk: { free: 19 * GIB, total: 100 * GIB } },
      "Disk",
      "look",
      /Make room/,
    ],
    [
      "a disk with less than a tenth",
      { disk: { free: 90 * GIB, total: 1000 * GIB } },
      "Disk",
      "look",
      /Make room/,
    ],
    ["a disk of which nothing is known", { disk: null }, "Disk", "look", /SULCUS_DATA/],
    ["an idle NVIDIA device", { nvidia: ["A card"] }, "NVIDIA device", "look", /backends below/],
    ["an idle NVIDIA device", { nvidia: ["A card"] }, "tfjs-node-gpu", "look", /npm rebuild/],
    [
      "a network that gives other values",
      { selfTest: { ran: true, difference: 0.2, tolerance: 1e-4, milliseconds: 90 } },
      "Self-test",
      "broken",
      /Do not use predictions/,
    ],
    [
      "a network that gives no numbers",
      { selfTest: { ran: true, difference: Number.NaN, tolerance: 1e-4, milliseconds: 90 } },
      "Self-test",
      "broken",
      /Do not use predictions/,
    ],
    [
      "a network that cannot be run",
      { selfTest: { ran: false, reason: "the file is cut off" } },
      "Self-test",
      "broken",
      /Do not use predictions/,
    ],
    [
      "a slow network",
      { selfTest: { ran: true, difference: 0, tolerance: 1e-4, milliseconds: 4_000 } },
      "Self-test",
      "look",
      /busy/,
    ],
    [
      "no backend",
      { backends: [{ name: "wasm", taken: false, reason: "it did not start" }] },
      "Backend",
      "broken",
      /anew/,
    ],
  ])("with %s is told so, and what to do", (_, fault, name, state, todo) => {
    const found = named(judgeMachine({ ...machine, ...fault }), name);
    expect(found.state).toBe(state);
    expect(found.todo).toMatch(todo);
  });
});

describe("an installation", () => {
  it("without fault is good in every part", () => {
    const findings = judgeInstallation(facts);
    expect(worstOf(findings)).toBe("good");
    expect(named(findings, "Workers").says).toBe("1 worker on 1 machine reports");
    expect(named(findings, "Precision").says).toBe(
      "New training runs use f32. Model 1 stands on shipped and predicts with that.",
    );
  });

  const idle = { waiting: 3, running: 0, failed: 0, oldestWaitingMs: 120_000, givenUp: 0 };
  it.each<[string, Partial<InstallationFacts>, string, Finding["state"], RegExp]>([
    ["a migration that waits", { migrations: { pending: ["2_next"] } }, "Schema", "broken", /2_next/],
    ["a schema of another version", { migrations: { refused: "It is newer" } }, "Schema", "broken", /newer/],
    ["clocks a little apart", { clockSkewMs: -3_000 }, "Clocks", "look", /3\.0 s apart/],
    ["clocks far apart", { clockSkewMs: 60_000 }, "Clocks", "broken", /60\.0 s apart/],
    ["no worker", { workers: [] }, "Workers", "broken", /No worker runs/],
    [
      "a silent worker beside a living one",
      { workers: [...facts.workers, { ...facts.workers[0]!, id: "x", silentMs: 25_000 }] },
      "Workers",
      "look",
      /1 worker ended without a word/,
    ],
    ["work that nobody takes", { queue: idle }, "Queue", "broken", /oldest for 2 min/],
    [
      "a long wait behind running work",
      { queue: { ...idle, running: 2, oldestWaitingMs: 3_600_000 } },
      "Queue",
      "look",
      /60 min/,
    ],
    ["failed jobs", { queue: { ...facts.queue, failed: 2 } }, "Queue", "look", /2 failed in the last day/],
    [
      "jobs that were given up",
      { queue: { ...facts.queue, givenUp: 1 } },
      "Queue",
      "broken",
      /1 job given up/,
    ],
    [
      "slices that cannot be read",
      { unpredicted: { slices: 3, example: "a.tif cannot be read: it is missing" } },
      "Predictions",
      "look",
      /3 slices could not be predicted, for example: a.tif/,
    ],
    [
      "audit events that nobody seals",
      { oldestUnsealedMs: 6 * 60_000 },
      "Audit trail",
      "look",
      /waited to be sealed for 6 min/,
    ],
    [
      "a damaged base",
      { files: [{ what: "Base network shipped", state: "damaged" }] },
      "Base network shipped",
      "broken",
      /another hash/,
    ],
    ["no production model", { production: null }, "Production", "look", /nothing is predicted/],
    [
      "a precision that the base does not have",
      { precision: { wanted: "int8", available: false } },
      "Precision",
      "look",
      /no such form/,
    ],
  ])("with %s is told so", (_, fault, name, state, says) => {
    const found = named(judgeInstallation({ ...facts, ...fault }), name);
    expect(found.state).toBe(state);
    expect(found.says).toMatch(says);
    expect(found.todo).toBeTruthy();
  });
});
