import { describe, expect, it } from "vitest";
import { timeLeft } from "@/app/(workspace)/training/time-left";
import type { RunView, StepView } from "@/lib/features/runs/schema";

const step = (change: Partial<StepView>): StepView => ({
  kind: "embed-chunk",
  phase: "embed",
  index: 0,
  state: "waiting",
  worker: null,
  seconds: 0,
  backboneRuns: 0,
  done: 0,
  total: 64,
  attempts: 0,
  ...change,
});
const epochs = (...durationMs: number[]) =>
  durationMs.map((ms) => ({ durationMs: ms }) as RunView["epochs"][0]);

function run(change: Partial<Parameters<typeof timeLeft>[0]>) {
  const job = { status: "RUNNING" } as RunView["job"];
  return {
    job,
    phase: "embed",
    epochs: [],
    parameters: {},
    steps: [],
    lastRun: null,
    ...change,
  } as Parameters<typeof timeLeft>[0];
}

describe("the time a run may still take", () => {
  const embedding = [
    step({ state: "done", done: 64, seconds: 32 }),
    step({ state: "running", done: 32, seconds: 16 }),
    step({ state: "running" }),
    step({}),
  ];

  it("is that of the slices left at the measured rate, shared by the workers", () => {
    // 96 slices took 48 s, so the 32 + 64 + 64 left take 80 s of work: 40 s for two workers.
    expect(timeLeft(run({ steps: embedding }))).toBe("about 40 s left in this phase");
    const [first, second, ...rest] = embedding;
    const alone = [first!, second!, ...rest.map((own) => ({ ...own, state: "waiting" as const }))];
    expect(timeLeft(run({ steps: alone }))).toBe("about 80 s left in this phase");
  });

  it("is at most that of the epochs left, and never less than the head that has most to do", () => {
    const head = (change: Partial<StepView>) =>
      step({ kind: "fit-head", phase: "fit", total: 10, ...change });
    const fitting = { phase: "fit" as const, epochs: epochs(3000, 2000, 9000) };
    const heads = [head({ state: "done", done: 10 }), head({ state: "running", done: 4 }), head({})];
    // The median epoch takes 3 s; 6 + 10 are left for one worker.
    expect(timeLeft(run({ ...fitting, steps: heads }))).toBe("at most 48 s left in this phase");
    // Two workers: 16 epochs shared would take 24 s, but one head needs 10 by itself.
    const both = [heads[0]!, heads[1]!, head({ state: "running" })];
    expect(timeLeft(run({ ...fitting, steps: both }))).toBe("at most 30 s left in this phase");
    const lastRun = { number: 7, secondsByPhase: { embed: 99, calibrate: 2, evaluate: 5, register: 1 } };
    expect(timeLeft(run({ ...fitting, steps: both, lastRun }))).toBe(
      "at most 30 s left in this phase, then about 8 s as in run 7",
    );
  });

  it("is what the run before took where nothing is measured on the way, and unknown without one", () => {
    const lastRun = { number: 7, secondsByPhase: { evaluate: 5 } };
    expect(timeLeft(run({ phase: "evaluate", lastRun }))).toBe("about 5 s left in this phase");
    expect(timeLeft(run({ phase: "evaluate" }))).toBeNull();
    expect(timeLeft(run({ steps: [step({ state: "running" })] }))).toBeNull();
    expect(timeLeft(run({ steps: embedding, job: { status: "WAITING" } as RunView["job"] }))).toBeNull();
  });
});
