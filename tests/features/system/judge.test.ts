import { describe, expect, it } from "vitest";
import { judgeInstallation } from "@/lib/features/system/judge-installation";
import { judgeMachine } from "@/lib/features/system/judge-machine";
import { worstOf } from "@/lib/features/system/read-health";
import type {
  Finding,
  FindingSays,
  FindingTodo,
  InstallationFacts,
  MachineReport,
} from "@/lib/features/system/schema";
import { asWritten } from "@/lib/platform/message";
import { machineReport as machine } from "../../support/machine-report";

const GIB = 2 ** 30;

const facts: InstallationFacts = {
  postgres: "18.4",
  clockSkewMs: 12,
  migrations: { pending: [] },
  queue: { waiting: 0, running: 0, failed: 0, oldestWaitingMs: null, givenUp: 0 },
  workers: [{ id: "w", host: "reading-1", pid: 7, startedAt: new Date(), silentMs: 1_500, machine: null }],
  disk: { free: 100 * GIB, total: 200 * GIB },
  files: [{ what: { code: "base", name: "shipped" }, state: "intact" }],
  production: { number: 1, base: "shipped" },
  unpredicted: { slices: 0, example: null },
  oldestUnsealedMs: 2_000,
  precision: { wanted: "f32", available: true },
};

const on = (findings: Finding[], part: string) =>
  findings.find((finding) =>
    [finding.part.code, "name" in finding.part && finding.part.name].includes(part),
  )!;

describe("a machine", () => {
  it("without fault is good in every part, with what was found and why it was not taken", () => {
    const findings = judgeMachine(machine);
    expect(worstOf(findings)).toBe("good");
    expect(findings.every(({ todo }) => todo === null)).toBe(true);
    expect(on(findings, "onnx-runtime").says).toEqual({
      code: "onnx-runtime-is",
      ...{ version: "1.30.0", used: "cpu", threads: 4, batch: 4 },
      others: [{ name: "cuda", bundled: false }],
    });
    expect(on(findings, "tfjs-node-gpu").says).toEqual({ code: "backend-not-taken", cause: "not installed" });
    expect(on(findings, "wasm").says).toEqual({
      code: "backend-taken",
      cause: "WebAssembly on the CPU, one thread",
    });
    expect(on(findings, "self-test").says).toEqual({
      code: "network-agrees",
      ...{ difference: 3e-7, tolerance: 1e-4, milliseconds: 90 },
    });
  });

  it.each<[string, Partial<MachineReport>, string, Finding["state"], FindingTodo]>([
    ["an old Node", { node: "v20.18.9" }, "node", "broken", { code: "install-node", version: "20.19" }],
    [
      "more threads than a limit leaves",
      { cpu: { ...machine.cpu, limit: 1.5 } },
      "processor",
      "look",
      { code: "set-threads", used: 4, threads: 1 },
    ],
    [
      "little memory",
      { memory: { total: 16 * GIB, available: GIB, limit: 2 * GIB } },
      "memory",
      "look",
      { code: "free-memory" },
    ],
    [
      "a disk that is almost full",
      { disk: { free: 1e8, total: GIB } },
      "disk",
      "broken",
      { code: "make-room" },
    ],
    [
      "a disk with less than 20 GiB",
      { disk: { free: 19 * GIB, total: 100 * GIB } },
      "disk",
      "look",
      { code: "make-room" },
    ],
    [
      "a disk with less than a tenth",
      { disk: { free: 90 * GIB, total: 1000 * GIB } },
      "disk",
      "look",
      { code: "make-room" },
    ],
    ["a disk of which nothing is known", { disk: null }, "disk", "look", { code: "name-readable-folder" }],
    ["an idle NVIDIA device", { nvidia: ["A card"] }, "nvidia", "look", { code: "see-backends" }],
    ["an idle NVIDIA device", { nvidia: ["A card"] }, "tfjs-node-gpu", "look", { code: "rebuild-node-gpu" }],
    [
      "a network that gives other values",
      { selfTest: { ran: true, difference: 0.2, tolerance: 1e-4, milliseconds: 90 } },
      "self-test",
      "broken",
      { code: "distrust-predictions" },
    ],
    [
      "a network that gives no numbers",
      { selfTest: { ran: true, difference: Number.NaN, tolerance: 1e-4, milliseconds: 90 } },
      "self-test",
      "broken",
      { code: "distrust-predictions" },
    ],
    [
      "a network that cannot be run",
      { selfTest: { ran: false, reason: "the file is cut off" } },
      "self-test",
      "broken",
      { code: "distrust-predictions" },
    ],
    [
      "a slow network",
      { selfTest: { ran: true, difference: 0, tolerance: 1e-4, milliseconds: 4_000 } },
      "self-test",
      "look",
      { code: "see-whether-busy" },
    ],
    [
      "no backend",
      { backends: [{ name: "wasm", taken: false, reason: "it did not start" }] },
      "backends",
      "broken",
      { code: "reinstall-dependencies" },
    ],
  ])("with %s is told so, and what to do", (_, fault, name, state, todo) => {
    const found = on(judgeMachine({ ...machine, ...fault }), name);
    expect(found.state).toBe(state);
    expect(found.todo).toEqual(todo);
  });
});

describe("an installation", () => {
  it("without fault is good in every part", () => {
    const findings = judgeInstallation(facts);
    expect(worstOf(findings)).toBe("good");
    expect(on(findings, "workers").says).toEqual({ code: "workers-report", workers: 1, hosts: 1, dead: 0 });
    expect(on(findings, "precision").says).toEqual({
      code: "precision-used",
      wanted: "f32",
      production: { number: 1, base: "shipped" },
    });
  });

  const idle = { waiting: 3, running: 0, failed: 0, oldestWaitingMs: 120_000, givenUp: 0 };
  it.each<[string, Partial<InstallationFacts>, string, Finding["state"], Partial<FindingSays>]>([
    [
      "a migration that waits",
      { migrations: { pending: ["2_next"] } },
      "schema",
      "broken",
      { code: "migrations-pending", names: ["2_next"] },
    ],
    [
      "a schema of another version",
      { migrations: { refused: "It is newer" } },
      "schema",
      "broken",
      { code: "schema-refused", cause: "It is newer" },
    ],
    ["clocks a little apart", { clockSkewMs: -3_000 }, "clocks", "look", { code: "clocks-apart", ms: 3_000 }],
    ["clocks far apart", { clockSkewMs: 60_000 }, "clocks", "broken", { code: "clocks-apart", ms: 60_000 }],
    ["no worker", { workers: [] }, "workers", "broken", { code: "no-worker", dead: 0 }],
    [
      "a silent worker beside a living one",
      { workers: [...facts.workers, { ...facts.workers[0]!, id: "x", silentMs: 25_000 }] },
      "workers",
      "look",
      { code: "workers-report", dead: 1 },
    ],
    [
      "work that nobody takes",
      { queue: idle },
      "queue",
      "broken",
      { code: "queue-holds", oldestMs: 120_000 },
    ],
    [
      "a long wait behind running work",
      { queue: { ...idle, running: 2, oldestWaitingMs: 3_600_000 } },
      "queue",
      "look",
      { code: "queue-holds", oldestMs: 3_600_000 },
    ],
    [
      "failed jobs",
      { queue: { ...facts.queue, failed: 2 } },
      "queue",
      "look",
      { code: "queue-holds", failed: 2 },
    ],
    [
      "jobs that were given up",
      { queue: { ...facts.queue, givenUp: 1 } },
      "queue",
      "broken",
      { code: "queue-holds", givenUp: 1 },
    ],
    [
      "slices that cannot be read",
      { unpredicted: { slices: 3, example: asWritten("a.tif cannot be read: it is missing") } },
      "predictions",
      "look",
      { code: "slices-unpredicted", slices: 3, example: asWritten("a.tif cannot be read: it is missing") },
    ],
    [
      "audit events that nobody seals",
      { oldestUnsealedMs: 6 * 60_000 },
      "audit-trail",
      "look",
      { code: "events-unsealed", ms: 360_000 },
    ],
    [
      "a damaged base",
      { files: [{ what: { code: "base", name: "shipped" }, state: "damaged" }] },
      "base",
      "broken",
      { code: "file-damaged" },
    ],
    ["no production model", { production: null }, "production", "look", { code: "nothing-in-production" }],
    [
      "a precision that the base does not have",
      { precision: { wanted: "int8", available: false } },
      "precision",
      "look",
      { code: "precision-lacking", wanted: "int8" },
    ],
  ])("with %s is told so", (_, fault, name, state, says) => {
    const found = on(judgeInstallation({ ...facts, ...fault }), name);
    expect(found.state).toBe(state);
    expect(found.says).toMatchObject(says);
    expect(found.todo).toBeTruthy();
  });
});
