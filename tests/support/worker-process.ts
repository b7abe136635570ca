import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { basePath } from "@/lib/engine/bases/base-network";
import { openInference } from "@/lib/engine/inference/inference";
import { database } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import type { Progress } from "@/lib/platform/progress";
import { viewJob } from "@/lib/records/job-view";
import { compiledCommand } from "../../bin/setup/compile.mjs";
import { testFolder } from "../../bin/setup/test-database.mjs";
import { typescriptCommand, typescriptEnv } from "../../bin/setup/typescript-command.mjs";
import { compile } from "./compiled";

/** A worker in a process of its own, on this test file's database and data folder. */
export interface WorkerProcess {
  pid: number;
  /** What it has written so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Ends with its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Compiled, as the product runs it: from source each start costs seconds. */
const productsWorker = "worker";
const living = new Set<WorkerProcess>();
process.once("exit", () => {
  for (const worker of living) worker.signal("SIGKILL");
});

/** Starts a worker process, the product's own or a TypeScript file's, and waits until it takes jobs. */
export async function startWorkerProcess(program = productsWorker): Promise<WorkerProcess> {
  if (program === productsWorker) await Promise.all([shareGraph(), compile()]);
  const { command, args } =
    program === productsWorker ? compiledCommand(program) : typescriptCommand(program);
  const child = spawn(command, args, {
    // Examining the machine costs as much as a small run: tests/workers/health.test.ts is about it.
    env: { ...process.env, ...typescriptEnv, NODE_OPTIONS: "", SULCUS_EXAMINE: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const worker: WorkerProcess = {
    pid: child.pid!,
    output: () => output,
    signal: (name) => {
      child.kill(name);
    },
    ended: new Promise((resolve) => {
      child.once("close", (code, signal) => {
        living.delete(worker);
        resolve(code ?? signal!);
      });
    }),
  };
  living.add(worker);
  await until(
    async () => {
      if (!living.has(worker)) throw new Error(`the worker ended at its start:\n${output}`);
      return output.includes("takes jobs");
    },
    () => `a worker that takes jobs; it wrote:\n${output}`,
  );
  return worker;
}

/** Kills a worker as a power cut would, and waits until it is gone. */
export async function killWorker(worker: WorkerProcess): Promise<void> {
  worker.signal("SIGKILL");
  await worker.ended;
}

/** Ends all workers that a test has left. */
export async function killWorkers(): Promise<void> {
  await Promise.all([...living].map(killWorker));
}

/** Each look costs processor time, which the work that is waited for needs. */
const patientMs = 100;
/** Where what is looked for lasts a moment only. */
const closelyMs = 10;

/** Waits until `isReached`; throws after four minutes, or another time, with what was waited for. */
export async function until(
  isReached: () => Promise<boolean>,
  what: () => string,
  withinMs = 240_000,
  pollMs = patientMs,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what()}`);
    await sleep(pollMs);
  }
}

/** Waits until a job has ended, and returns its row. */
export async function endOfJob(jobId: string, withinMs?: number) {
  const find = () => database().job.findUniqueOrThrow({ where: { id: jobId } });
  await until(
    async () => (await find()).finishedAt !== null,
    () => `the end of job ${jobId}; workers wrote:\n${[...living].map((worker) => worker.output()).join("")}`,
    withinMs,
  );
  return find();
}

/**
 * Waits until a running job has done more than a tenth of the units of which it says that it does `doing`; returns the
 * share done then.
 */
export async function shareDone(jobId: string, doing: Progress["code"]): Promise<number> {
  let share = 0;
  await until(
    async () => {
      const job = await database().job.findUniqueOrThrow({ where: { id: jobId } });
      if (job.finishedAt)
        throw new Error(`the job ended before it could be interrupted: ${JSON.stringify(job.error)}`);
      share =
        viewJob(job).message?.code === doing && job.progressTotal > 0
          ? job.progressDone / job.progressTotal
          : 0;
      return share >= 0.1;
    },
    () => `a tenth of job ${jobId}`,
    undefined,
    closelyMs,
  );
  return share;
}

/** Removes every prediction with what is kept of it by study: the next job makes all of them again. */
export async function forgetPredictions(): Promise<void> {
  await database().$executeRaw`TRUNCATE "Prediction", "StudyPrediction", "Flag"`;
}

/** Files of cached features: path to the time it was written, in milliseconds. One image each. */
export async function featureFiles(): Promise<Map<string, number>> {
  const folder = path.join(env.dataFolder, "derived/features");
  const files = new Map<string, number>();
  if (!existsSync(folder)) return files;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith(".part")) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(file, (await stat(file)).mtimeMs);
  }
  return files;
}

/** Making the base's graph takes ten seconds, so all test files and workers use one. */
export async function shareGraph(): Promise<void> {
  const cacheFolder = path.join(testFolder, "graphs");
  const own = path.join(env.dataFolder, "graphs");
  if (existsSync(own)) return;
  await (await openInference({ basePath, cacheFolder })).close();
  await mkdir(env.dataFolder, { recursive: true });
  await symlink(cacheFolder, own).catch((error) => {
    // Two workers that are started at once share one.
    if (error.code !== "EEXIST") throw error;
  });
}
