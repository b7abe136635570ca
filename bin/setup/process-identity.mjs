import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * When a process started, as an opaque string, or null when no such process runs.
 * A pid alone is no identity: the system hands it out again, after a restart of the machine almost surely.
 */
export function processStart(pid) {
  if (process.platform === "linux") {
    try {
      // The second field is the command in brackets and may hold anything, so fields count from the last bracket.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
      return fields[0] === "Z" ? null : `${bootId()}:${fields[19]}`;
    } catch {
      return null;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || null;
}

function bootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

/** A process as `{ pid, started, host }`, to be written down and asked about later. */
export function identify(pid) {
  return { pid, started: processStart(pid), host: hostname() };
}

/** Whether it is a process of another machine: then nothing can be told of it from here. */
export function isElsewhere({ host }) {
  return host !== undefined && host !== hostname();
}

/** Whether exactly that process, not another with its number, still runs on this machine. */
export function isAlive(identity) {
  if (!identity?.pid || !identity.started || isElsewhere(identity)) return false;
  return processStart(identity.pid) === identity.started;
}
