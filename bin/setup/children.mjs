import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isAlive } from "./process-identity.mjs";

/** Thrown in a step whose command was ended because the installation is being stopped. */
export class Stopped extends Error {}

/**
 * The processes that this one started. Each leads a process group of its own, so that a terminal's Ctrl-C reaches
 * this process alone, which then stops them in order. With `file`, they are written down there, so that a start
 * after a kill -9 finds what was left over.
 */
export class Children {
  running = new Map();
  stopping = false;

  constructor(file) {
    this.file = file;
  }

  /** Starts a process; `options` are those of `spawn`. */
  start(command, args, options = {}) {
    if (this.stopping) throw new Stopped();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options, detached: true });
    if (child.pid) {
      this.running.set(child, identify(child.pid));
      this.#note();
    }
    child.once("exit", () => {
      this.running.delete(child);
      this.#note();
    });
    return child;
  }

  /**
   * Runs a command to its end; `{ code, output }`, `output` its last 200 lines, errors among them.
   * `onLine` sees each line as it comes. After `timeoutMs` it is killed and counts as failed.
   */
  run(command, args, { onLine, timeoutMs, ...options } = {}) {
    return new Promise((resolve, reject) => {
      const child = this.start(command, args, options);
      const timer = timeoutMs ? setTimeout(() => killGroup(child.pid, "SIGKILL"), timeoutMs) : undefined;
      const lines = [];
      const take = (line) => {
        lines.push(line);
        if (lines.length > 200) lines.shift();
        onLine?.(line);
      };
      eachLine(child.stdout, take);
      eachLine(child.stderr, take);
      child.once("error", reject);
      child.once("close", (code) => {
        clearTimeout(timer);
        if (this.stopping) reject(new Stopped());
        else resolve({ code, output: lines.join("\n") });
      });
    });
  }

  /** Asks all to end, and after `graceMs` makes them. No new ones start from here on. */
  async stop(graceMs) {
    this.stopping = true;
    await endAll([...this.running.values()], graceMs);
    this.#note();
  }

  #note() {
    if (!this.file) return;
    try {
      if (this.running.size === 0) rmSync(this.file, { force: true });
      else writeFileSync(this.file, JSON.stringify([...this.running.values()]), { mode: 0o600 });
    } catch {
      // A full disk must not end the one who keeps all others running.
    }
  }
}

/** Ends what a killed starter left running, as written in `file`; how many there were. */
export async function endLeftOvers(file, graceMs) {
  if (!existsSync(file)) return 0;
  let noted = [];
  try {
    noted = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Cut short by the kill: then nothing can be known of them, and a taken port will say so.
  }
  const alive = noted.filter(isAlive);
  await endAll(alive, graceMs);
  rmSync(file, { force: true });
  return alive.length;
}

/** Calls `take` with each line of a stream. */
export function eachLine(stream, take) {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(take);
  });
  stream?.on("end", () => rest && take(rest));
}

async function endAll(identities, graceMs) {
  for (const { pid } of identities) kill(pid, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && identities.some(isAlive)) await sleep(50);
  for (const { pid } of identities) killGroup(pid, "SIGKILL"); // children of children too
  while (Date.now() < deadline + 2000 && identities.some(isAlive)) await sleep(20);
}

const killGroup = (pid, signal) => kill(-pid, signal);

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
