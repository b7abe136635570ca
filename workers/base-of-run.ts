import { registeredBase } from "@/lib/features/bases/find-base";
import { fineTunedBase } from "@/lib/features/training/fine-tuned-base";
import { TrainingParameters } from "@/lib/features/training/schema";
import { database } from "@/lib/platform/database";
import { readBaseCard } from "./base-network";

/**
 * The base that a run's heads stand on: the one that the run has fine-tuned, else the one it was asked for with, else
 * the shipped one. Throws `not-found`.
 */
export async function baseOfRun(run: { id: string; parameters: unknown }) {
  const { baseSha256, backbone } = TrainingParameters.parse(run.parameters);
  const own = backbone === "frozen" ? null : await fineTunedBase(run.id);
  return registeredBase(database(), own ?? baseSha256 ?? (await readBaseCard()).sha256);
}
