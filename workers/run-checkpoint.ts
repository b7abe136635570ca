import { getDerived, putDerived, removeDerived } from "@/lib/platform/storage";
import { readSafetensors, writeSafetensors } from "@/lib/science/network/safetensors";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";

/** A run's state after its last epoch: a killed worker costs one epoch. Removed when the run ends. */

const keyOf = (runId: string) => `checkpoints/${runId}`;

export async function saveCheckpoint(runId: string, checkpoint: HeadCheckpoint): Promise<void> {
  const tensors = new Map(
    Object.entries(checkpoint).map(([name, values]) => [
      name,
      { dtype: "F32" as const, shape: [values.length], values },
    ]),
  );
  await putDerived(keyOf(runId), writeSafetensors(tensors, {}));
}

/** The checkpoint, or undefined where there is none or it is damaged: then the fit begins anew. */
export async function loadCheckpoint(runId: string): Promise<HeadCheckpoint | undefined> {
  const bytes = await getDerived(keyOf(runId));
  if (!bytes) return undefined;
  try {
    return Object.fromEntries(
      [...readSafetensors(bytes).tensors].map(([name, tensor]) => [name, tensor.values]),
    );
  } catch {
    return undefined;
  }
}

export async function removeCheckpoint(runId: string): Promise<void> {
  await removeDerived(keyOf(runId));
}
