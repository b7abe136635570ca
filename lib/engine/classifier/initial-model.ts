import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { registerInitialModel } from "@/lib/features/models/register-initial-model";
import { env } from "@/lib/platform/env";
import { putObject } from "@/lib/platform/storage";
import { servingModel } from "@/lib/records/serving-model";
import { decodeClassifier } from "@/lib/science/network/classifier-artifact";
import { ensureShippedBase, readBaseCard } from "../bases/base-network";
import { ensureShippedInt8Base } from "../bases/int8-base";

/** The model that ships beside the base, so that a fresh installation can predict: its files in `lib/engine/shipped`. */
export const initialModelFiles = {
  artifact: "initial-model.safetensors",
  card: "initial-model.card.json",
} as const;
const fileOf = (name: string) => path.join(import.meta.dirname, "../shipped", name);

const Hashes = z.array(z.string().regex(/^[0-9a-f]{64}$/));
const InitialCard = z.looseObject({
  sha256: z.string(),
  baseSha256: z.string(),
  threshold: z.number().min(0).max(1),
  temperature: z.number().positive(),
  split: z.object({ train: Hashes, validation: Hashes, test: Hashes }),
  /** As `evaluateSlices` makes them; null where nobody was left to test on. */
  figures: z.looseObject({ patients: z.number(), slices: z.number() }).nullable(),
});

/**
 * Registers the shipped base and model, and puts the model into production where none is. Safe to repeat and to run in
 * several processes at once.
 *
 * Throws where the shipped file does not fit its card.
 */
export async function ensureInitialModel(): Promise<void> {
  await ensureShippedBase();
  if (env.precision === "int8") await ensureShippedInt8Base();
  if (await servingModel()) return;
  const artifact = await readFile(fileOf(initialModelFiles.artifact));
  const card = InitialCard.parse(JSON.parse(await readFile(fileOf(initialModelFiles.card), "utf8")));
  const base = await readBaseCard();
  decodeClassifier(artifact);
  const artifactSha256 = await putObject(artifact);
  if (artifactSha256 !== card.sha256) throw new Error("the shipped model does not fit its card");
  if (card.baseSha256 !== base.sha256)
    throw new Error("the shipped model stands on another base than the shipped one");

  const { figures, split, ...rest } = card;
  await registerInitialModel({
    artifactSha256,
    baseSha256: card.baseSha256,
    threshold: card.threshold,
    temperature: card.temperature,
    patients: split,
    card: rest,
    figures,
  });
}
