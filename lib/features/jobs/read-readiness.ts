import { database } from "@/lib/platform/database";

/** A worker reports every few seconds; after this silence it counts as dead. */
const heartbeatMs = 15_000;

/**
 * Whether the product can do its work: the database answers and a worker is alive.
 *
 * Asked without an account, so it says nothing but that.
 */
export async function readReadiness(): Promise<{ ready: true } | { ready: false; reason: string }> {
  try {
    const worker = await database().workerProcess.findFirst({
      where: { heartbeatAt: { gt: new Date(Date.now() - heartbeatMs) } },
      select: { id: true },
    });
    return worker ? { ready: true } : { ready: false, reason: "no worker is alive" };
  } catch {
    return { ready: false, reason: "the database does not answer" };
  }
}
