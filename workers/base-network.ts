import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/platform/env";
import { dataFolder } from "@/lib/platform/storage";
import { type Inference, openInference } from "./inference";

/** The base network that ships with the product, opened once a process. */

const baseFolder = path.join(import.meta.dirname, "base");
export const basePath = path.join(baseFolder, "resnet50-lgg-base.safetensors");

const BaseCard = z.object({
  name: z.string(),
  sha256: z.string(),
  trainedOn: z.object({ patientKeySha256: z.array(z.string()) }),
});

/** What the base's card says: its hash and the hashed keys of the patients it has seen. */
export async function readBaseCard(): Promise<{ name: string; sha256: string; seenPatients: string[] }> {
  const card = BaseCard.parse(
    JSON.parse(await readFile(path.join(baseFolder, "resnet50-lgg-base.card.json"), "utf8")),
  );
  return { name: card.name, sha256: card.sha256, seenPatients: card.trainedOn.patientKeySha256 };
}

let opened: Promise<Inference> | undefined;

/** The base, ready to embed. The first call of an installation makes its ONNX graph. */
export function baseNetwork(): Promise<Inference> {
  opened ??= (async () => {
    const inference = await openInference({
      basePath,
      cacheFolder: await dataFolder("graphs"),
      threads: env.threads || availableParallelism(),
      batchSize: env.batch,
    });
    const card = await readBaseCard();
    if (inference.baseSha256 !== card.sha256) {
      throw new Error(
        `the base network's file does not fit its card: it has the hash ${inference.baseSha256}`,
      );
    }
    return inference;
  })();
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}
