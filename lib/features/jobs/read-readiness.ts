import { countLiveWorkers } from "./count-live-workers";

export type NotReady = "no-worker" | "no-database";

/**
 * Whether the product can do its work: the database answers and a worker is alive.
 *
 * Asked without an account, so it says nothing but that.
 */
export async function readReadiness(): Promise<{ ready: true } | { ready: false; reason: NotReady }> {
  try {
    return (await countLiveWorkers()) > 0 ? { ready: true } : { ready: false, reason: "no-worker" };
  } catch {
    return { ready: false, reason: "no-database" };
  }
}
