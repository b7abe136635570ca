import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isAlive } from "./process-identity.mjs";

/** Takes `file` for this process, or returns the living holder. A dead holder's lock is taken over. */
export function tryLock(file, facts = {}) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ ...identify(process.pid), ...facts }), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(mine, file); // appears whole or not at all, so no reader sees half a lock
        return { release: () => releaseLock(file), holder: null };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const holder = lockHolder(file);
      if (holder) return { release: null, holder };
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Waits until `file` is ours and returns the function that gives it back. `waiting` is told once, with the holder. */
export async function takeLock(file, waiting) {
  for (let attempt = 0; ; attempt++) {
    const { release, holder } = tryLock(file);
    if (release) return release;
    if (attempt === 0) waiting?.(holder);
    await sleep(100);
  }
}

/** Who holds `file` and still runs, or null. */
export function lockHolder(file) {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8"));
    return isAlive(holder) ? holder : null;
  } catch {
    return null;
  }
}

function releaseLock(file) {
  try {
    if (JSON.parse(readFileSync(file, "utf8")).pid === process.pid) rmSync(file, { force: true });
  } catch {
    // Gone already: nothing to give back.
  }
}
