import { registerModel } from "@/lib/features/models/register-model";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { database, transaction } from "@/lib/platform/database";
import { getObject, putObject } from "@/lib/platform/storage";
import { decodeClassifier, encodeClassifier } from "@/lib/science/network/classifier-artifact";

/**
 * A candidate: the shipped model with its margin moved by `shift`, so that it says something else of every slice. It has
 * seen the shipped model's patients, and `alsoSeen` (hashed keys).
 */
export async function makeSecondModel(shift: number, alsoSeen: readonly string[] = []) {
  const shipped = await database().model.findFirstOrThrow({ where: { number: 1 } });
  const { heads, stacking } = decodeClassifier(await getObject(shipped.artifactSha256));
  if (!stacking) for (const { layers } of heads) layers.at(-1)!.bias[1]! += shift;
  const moved = { heads, stacking: stacking && { ...stacking, bias: stacking.bias + shift } };
  const { baseSha256, temperature, threshold, cohort } = shipped;
  const patients = { train: [...(await seenPatients(shipped.id)), ...alsoSeen] };
  const artifactSha256 = await putObject(encodeClassifier(moved, { shift: String(shift) }));
  const model = { artifactSha256, baseSha256, cohort, temperature, threshold, patients };
  const id = await transaction((db) => registerModel(db, { ...model, card: {}, runId: null }));
  return database().model.findUniqueOrThrow({ where: { id } });
}
