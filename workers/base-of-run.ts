import { registeredBase } from "@/lib/features/bases/find-base";
import { TrainingParameters } from "@/lib/features/training/schema";
import { database } from "@/lib/platform/database";
import { readBaseCard } from "./base-network";

/** The base that a run's heads stand on: the one it was asked for with, else the shipped one. Throws `not-found`. */
export async function baseOfRun(run: { parameters: unknown }) {
  const { baseSha256 } = TrainingParameters.parse(run.parameters);
  return registeredBase(database(), baseSha256 ?? (await readBaseCard()).sha256);
}
