import { registerModel } from "@/lib/features/models/register-model";
import { database, transaction } from "@/lib/platform/database";
import { getObject, putObject } from "@/lib/platform/storage";
import { decodeHeadArtifact, encodeHeadArtifact } from "@/lib/science/network/head-artifact";

/** A candidate: the shipped head with its tumor bias moved by `shift`, so that it says something else of every slice. */
export async function makeSecondModel(shift: number) {
  const shipped = await database().model.findFirstOrThrow({ where: { number: 1 } });
  const { head } = decodeHeadArtifact(await getObject(shipped.artifactSha256));
  head.layers.at(-1)!.bias[1]! += shift;
  const { baseSha256, temperature, threshold, seenPatients, cohort } = shipped;
  const id = await transaction(async (db) =>
    registerModel(db, {
      artifactSha256: await putObject(encodeHeadArtifact(head, { shift: String(shift) })),
      baseSha256,
      cohort,
      temperature,
      threshold,
      seenPatients,
      card: {},
      runId: null,
    }),
  );
  return database().model.findUniqueOrThrow({ where: { id } });
}
