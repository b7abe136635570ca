import { z } from "zod";
import { listen } from "@/lib/platform/database";
import { changeChannel } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";

const Change = z.object({ topic: z.string(), id: z.string() });
type Change = z.infer<typeof Change>;

/** One connection to the database serves all watchers of a process. */
const watchers = new Set<(change: Change) => void>();
let stopListening: (() => Promise<void>) | null = null;

/**
 * Tells of every record that changes, by topic and id; what is in it must be read with the actor's rights.
 *
 * Returns a function that ends the watching. Throws `forbidden` without `job:read`.
 */
export function watchChanges(actor: Actor, onChange: (change: Change) => void): () => void {
  requirePermission(actor, "job:read");
  watchers.add(onChange);
  stopListening ??= listen(changeChannel, (payload) => {
    const change = parseChange(payload);
    if (change) for (const watcher of [...watchers]) watcher(change);
  });
  return () => {
    watchers.delete(onChange);
    if (watchers.size > 0) return;
    void stopListening?.();
    stopListening = null;
  };
}

function parseChange(payload: string): Change | null {
  try {
    return Change.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
