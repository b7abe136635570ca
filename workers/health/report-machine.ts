import { execFile } from "node:child_process";
import { constants, setPriority } from "node:os";
import { promisify } from "node:util";
import { MachineReport } from "@/lib/features/system/schema";
import { storeMachineReport } from "@/lib/features/system/store-machine-report";
import { log } from "@/lib/platform/log";
import { programFile } from "@/lib/platform/program-file";

/** The network's first graph takes half a minute on a busy machine. */
const timeoutMs = 180_000;

/** The program that examines a machine. */
const examination = programFile(import.meta.filename, "main.ts", "examine-machine");

/**
 * Examines this machine in a process of its own, of low priority, and keeps the report with the worker: a driver that
 * fails ends that process alone, and no job waits. Never throws. Doing it twice replaces the report. `nodeOptions` let
 * Node run TypeScript, as they do this process.
 */
export async function reportMachine(workerId: string, nodeOptions = process.execArgv): Promise<void> {
  try {
    const run = promisify(execFile)(process.execPath, [...nodeOptions, examination], {
      timeout: timeoutMs,
      maxBuffer: 2 ** 20,
    });
    if (run.child.pid) setPriority(run.child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const { stdout } = await run;
    // Native libraries may write to standard output before it.
    const report = MachineReport.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
    await storeMachineReport(workerId, report);
  } catch (error) {
    log.warn(`examining this machine failed: ${(error as Error).message.split("\n")[0]}`);
  }
}
