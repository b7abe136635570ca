import "../support/database-for-tests";
import path from "node:path";
import { disconnect } from "@/lib/platform/database";
import { seededRandom } from "@/lib/science/training/random";
import { killedRun, type RunToKill, undisturbedRun } from "../support/killed-run";
import { largestDifference } from "../support/largest-difference";
import type { BenchOptions, TextResult } from "./measure";
import { importBenchSlices } from "./slices";

/** What a killed run may differ by from an undisturbed one. */
const tolerance = 1e-6;

interface KillRow {
  run: number;
  phase: string;
  /** After the run's first step began. */
  killedAtSeconds: number;
  stepsDone: number;
  epochsDone: number;
  attempts: number;
  /** Over P(tumor) of all test slices, all figures with their intervals, threshold, temperature and losses. */
  largestDifference: number;
}

interface KillResult extends TextResult {
  undisturbedSeconds: number;
  slices: number;
  testSlices: number;
  kills: KillRow[];
  worst: number;
}

/**
 * A training run of a seed is done undisturbed; then ten more, each with its worker killed (kill -9) at a random moment
 * inside it and another worker started. Says in which phase each was killed, and the largest difference between what
 * the two ended with. Phantoms, or the archive that `--data` names; `--kills` and `--heads` change the numbers.
 */
export async function bench(options: BenchOptions): Promise<KillResult> {
  const data = options.data && path.resolve(process.env.INIT_CWD ?? process.cwd(), options.data);
  const kills = Number(options.kills ?? 10);
  const { cohort, slices } = await importBenchSlices(data ?? "phantoms");
  const run: RunToKill = {
    cohort,
    seed: 1,
    parameters: { maxEpochs: 8, patience: 8, batchSize: 16, heads: Number(options.heads ?? 2) },
    imagesToEmbed: 96,
  };
  // The first run of a set embeds every image: those after it are alike.
  await undisturbedRun(run);
  const undisturbed = await undisturbedRun(run);
  const random = seededRandom(Date.now() >>> 0);
  const rows: KillRow[] = [];
  while (rows.length < kills) {
    const killed = await killedRun(run, random() * undisturbed.seconds);
    if (!killed) continue; // It had ended a moment before: another one.
    rows.push({
      run: rows.length + 1,
      phase: killed.phase,
      killedAtSeconds: killed.seconds,
      stepsDone: killed.stepsDone,
      epochsDone: killed.epochsDone,
      attempts: killed.attempts,
      largestDifference: largestDifference(killed.outcome, undisturbed.outcome).difference,
    });
    console.error(line(rows.at(-1)!));
  }
  const worst = Math.max(...rows.map((row) => row.largestDifference));
  const tested = Object.keys(undisturbed.outcome.pTumor).length;
  await disconnect();
  if (!(worst <= tolerance)) process.exitCode = 1;
  return {
    name: "kill",
    undisturbedSeconds: undisturbed.seconds,
    slices,
    testSlices: tested,
    kills: rows,
    worst,
    lines: [
      `kill -9 at ${kills} random moments of a run (${slices} slices, ${tested} tested, undisturbed ${undisturbed.seconds.toFixed(1)} s)`,
      " run  phase      killed at  steps done  epochs  attempts  largest difference",
      ...rows.map(line),
      `largest difference of all: ${worst.toExponential(1)} (${worst <= tolerance ? "within" : "NOT within"} ${tolerance})`,
    ],
  };
}

const line = (row: KillRow) =>
  [
    String(row.run).padStart(4),
    ` ${row.phase.padEnd(9)}`,
    `${row.killedAtSeconds.toFixed(1)} s`.padStart(9),
    String(row.stepsDone).padStart(10),
    String(row.epochsDone).padStart(6),
    String(row.attempts).padStart(8),
    row.largestDifference.toExponential(1).padStart(18),
  ].join("  ");
