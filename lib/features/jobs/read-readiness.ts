import { setTimeout as sleep } from "node:timers/promises";
import { countLiveWorkers } from "./count-live-workers";

/** What the web process cannot do without, and which does not answer. */
export type Missing = "database" | "worker";

/** A database that takes longer hangs, as far as those who ask are concerned. */
const patienceMs = 2_000;

/**
 * What is missing for the product to do its work; nothing where the database answers and a worker is alive. Without the
 * database nothing is known of workers. Answers within two seconds.
 *
 * Asked without an account, so it says nothing but that.
 */
export async function readReadiness(): Promise<Missing[]> {
  const answered = new AbortController();
  const silence = sleep(patienceMs, null, { signal: answered.signal }).catch(() => null);
  const workers = await Promise.race([countLiveWorkers().catch(() => null), silence]);
  answered.abort();
  if (workers === null) return ["database"];
  return workers > 0 ? [] : ["worker"];
}
