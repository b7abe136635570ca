import { registeredBase } from "@/lib/features/bases/registered-base";
import { fineTunedBase } from "@/lib/features/runs/fine-tuned-base";
import { hashesOfPatients } from "@/lib/features/snapshots/hashes-of-patients";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { readBaseCard } from "./base-network";

/**
 * The base that a run's heads stand on: the one that the run has fine-tuned, else the one it was asked for with, else
 * the shipped one. Throws `not-found`.
 *
 * `fittedOn` are hashed keys of the patients whose slices its weights were fitted on: all it has seen, without those that
 * only chose the epoch of this run's fine-tuning. What it says of the latter is as of others, so they may judge heads.
 */
export async function baseOfRun(run: { id: string; parameters: unknown; snapshotId: string | null }) {
  const { baseSha256, backbone } = TrainingParameters.parse(run.parameters);
  const parent = await registeredBase(baseSha256 ?? (await readBaseCard()).sha256);
  const own = backbone === "frozen" ? null : await fineTunedBase(run.id);
  if (!own || !run.snapshotId) return { ...parent, fittedOn: new Set(parent.seenPatients) };
  const { train } = await hashesOfPatients(run.snapshotId);
  return {
    ...(await registeredBase(own)),
    fittedOn: new Set([...parent.seenPatients, ...train]),
  };
}
