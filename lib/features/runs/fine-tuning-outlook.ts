import { z } from "zod";
import { database } from "@/lib/platform/database";
import { isAlive } from "@/lib/records/live-workers";
import type { FineTuningOutlook } from "./schema";

/** What a worker says of itself, as far as it matters here; older workers say nothing of backends. */
const Machine = z
  .object({
    machine: z.object({
      backends: z.array(z.object({ name: z.string(), taken: z.boolean(), reason: z.string() })),
    }),
  })
  .nullable()
  .catch(null);

/** Whether a worker that is alive has a graphics processor that a base network can learn on; null: not known yet. */
export async function fineTuningOutlook(): Promise<FineTuningOutlook> {
  const workers = await database().$queryRaw<{ capabilities: unknown }[]>`
    SELECT "capabilities" FROM "WorkerProcess" WHERE ${isAlive}`;
  const known = workers.flatMap(({ capabilities }) => Machine.parse(capabilities)?.machine.backends ?? []);
  const taken = known.filter((backend) => backend.taken);
  const onGpu = taken.find(({ name }) => name === "tfjs-node-gpu" || name === "webgpu");
  if (onGpu) return { gpu: true, backend: onGpu.name, reasons: [] };
  if (taken.length === 0) return { gpu: null, backend: null, reasons: [] };
  const reasons = known
    .filter(({ name, taken: wasTaken }) => !wasTaken && (name === "tfjs-node-gpu" || name === "webgpu"))
    .map(({ name, reason }) => `${name}: ${reason}`);
  return { gpu: false, backend: taken[0]!.name, reasons: [...new Set(reasons)] };
}
