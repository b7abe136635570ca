import { createHash } from "node:crypto";
import type { FoldHead } from "@/lib/engine/classifier/cross-fit";
import { getDerived, putDerived, removeDerived } from "@/lib/platform/storage";
import { readSafetensors, type StoredTensor, writeSafetensors } from "@/lib/science/network/safetensors";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";

/** What the steps of a run leave for each other, as files; removed when the run ends, however it ends. */

/** What is fitted: a head by its index, or the base. */
type Fitted = number | "base";

const folderOf = (runId: string) => `runs/${runId}`;
const checkpointKey = (runId: string, of: Fitted) => `${folderOf(runId)}/checkpoint-${of}`;
const headKey = (runId: string, sha256: string) => `${folderOf(runId)}/head-${sha256}`;

/** A fit's state, after a head's last epoch or the base's last minutes: a killed worker costs no more. */
export async function saveCheckpoint(runId: string, of: Fitted, checkpoint: HeadCheckpoint): Promise<void> {
  await putDerived(checkpointKey(runId, of), writeSafetensors(asTensors(checkpoint), {}));
}

/** The checkpoint, or undefined where there is none or it is damaged: then the fit starts from scratch. */
export async function loadCheckpoint(runId: string, of: Fitted): Promise<HeadCheckpoint | undefined> {
  const bytes = await getDerived(checkpointKey(runId, of));
  if (!bytes) return undefined;
  try {
    return Object.fromEntries(
      [...readSafetensors(bytes).tensors].map(([name, tensor]) => [name, tensor.values]),
    );
  } catch {
    return undefined;
  }
}

/** Keeps a fitted head under the SHA-256 of its bytes, which is returned; its checkpoint is no longer needed. */
export async function saveHead(runId: string, index: number, fitted: FoldHead): Promise<string> {
  const arrays = Object.fromEntries(
    fitted.head.layers.flatMap(({ kernel, bias }, layer) => [
      [`${layer}/kernel`, kernel],
      [`${layer}/bias`, bias],
    ]),
  );
  const { head: _, ...facts } = fitted;
  const bytes = writeSafetensors(asTensors(arrays), { facts: JSON.stringify(facts) });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  // Flushed: the step that made it will not be done again.
  await putDerived(headKey(runId, sha256), bytes, { flush: true });
  await removeCheckpoint(runId, index);
  return sha256;
}

/** A fitted head. Throws where it is missing or damaged. */
export async function loadHead(runId: string, sha256: string): Promise<FoldHead> {
  const bytes = await getDerived(headKey(runId, sha256));
  if (!bytes || createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new Error(`the fitted head ${sha256} is missing or damaged`);
  }
  const { tensors, metadata } = readSafetensors(bytes);
  const layers = Array.from({ length: tensors.size / 2 }, (_, layer) => ({
    kernel: tensors.get(`${layer}/kernel`)!.values,
    bias: tensors.get(`${layer}/bias`)!.values,
  }));
  return { head: { layers }, ...(JSON.parse(metadata.facts!) as Omit<FoldHead, "head">) };
}

/** Drops the state of a fit that is done. */
export async function removeCheckpoint(runId: string, of: Fitted): Promise<void> {
  await removeDerived(checkpointKey(runId, of));
}

export async function removeRunFiles(runId: string): Promise<void> {
  await removeDerived(folderOf(runId));
}

function asTensors(arrays: Record<string, Float32Array>): Map<string, StoredTensor> {
  return new Map(
    Object.entries(arrays).map(([name, values]) => [name, { dtype: "F32", shape: [values.length], values }]),
  );
}
