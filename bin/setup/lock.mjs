import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isAlive, isElsewhere } from "./process-identity.mjs";

/**
 * A lock is a file that names its holder. A process of this machine holds it for as long as it runs. One of another
 * machine, which shares the folder, holds it for as long as it renews the file (`keepLock`): its processes cannot be seen
 * from here, and its number or the time of its start say nothing.
 */
const renewEveryMs = 5_000;
const staleAfterMs = 60_000;

/** Takes `file` for this process, or returns the living holder. A dead holder's lock is taken over. */
export function tryLock(file, facts = {}) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ ...identify(process.pid), ...facts }), { mode: 0o600 });
  try {
    // The folder's own clock, which may be another machine's.
    const now = statSync(mine).mtimeMs;
    for (;;) {
      try {
        linkSync(mine, file); // appears whole or not at all, so no reader sees half a lock
        return { release: () => releaseLock(file), holder: null };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const holder = lockHolder(file, now);
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

/** Renews a lock that is held for long, so that other machines see it is; returns a function that ends this. */
export function keepLock(file) {
  const renewing = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(file, now, now);
    } catch {
      // The folder is away for a moment.
    }
  }, renewEveryMs);
  renewing.unref();
  return () => clearInterval(renewing);
}

/** Who holds `file`, here or on another machine (`isElsewhere`), or null. `now` is the time by the folder's clock. */
export function lockHolder(file, now = Date.now()) {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8"));
    if (!isElsewhere(holder)) return isAlive(holder) ? holder : null;
    return now - statSync(file).mtimeMs < staleAfterMs ? holder : null;
  } catch {
    return null;
  }
}

function releaseLock(file) {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8"));
    if (holder.pid === process.pid && !isElsewhere(holder)) rmSync(file, { force: true });
  } catch {
    // Gone already: nothing to give back.
  }
}
