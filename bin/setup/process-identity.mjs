import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

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

/** A process as `{ pid, started }`, to be written down and asked about later. */
export function identify(pid) {
  return { pid, started: processStart(pid) };
}

/** Whether exactly that process, not another with its number, still runs. */
export function isAlive(identity) {
  return Boolean(identity?.pid && identity.started) && processStart(identity.pid) === identity.started;
}
