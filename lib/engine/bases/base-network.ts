import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { enterBase } from "@/lib/features/bases/register-base";
import { hasObject, putObject } from "@/lib/platform/storage";
import type { Inference } from "../inference/inference";
import { openBase } from "./open-base";

/** The base network that ships with the product: the first of an installation's bases. */

const baseFolder = path.join(import.meta.dirname, "../shipped");
export const basePath = path.join(baseFolder, "resnet50-lgg-base.safetensors");

const BaseCard = z.looseObject({
  name: z.string(),
  sha256: z.string(),
  trainedOn: z.looseObject({ patientKeySha256: z.array(z.string()) }),
});

/** What the base's card says: its hash and the hashed keys of the patients it has seen. */
export async function readBaseCard(): Promise<{
  name: string;
  sha256: string;
  seenPatients: string[];
  /** All of it but the patients. */
  card: Record<string, unknown>;
}> {
  const card = BaseCard.parse(
    JSON.parse(await readFile(path.join(baseFolder, "resnet50-lgg-base.card.json"), "utf8")),
  );
  const { patientKeySha256, ...trainedOn } = card.trainedOn;
  const { name, sha256 } = card;
  return { name, sha256, seenPatients: patientKeySha256, card: { ...card, trainedOn } };
}

/**
 * Puts the shipped base into the object store and the registry. Safe to repeat and to run in several processes at
 * once. Throws where the shipped file does not fit its card.
 */
export async function ensureShippedBase(): Promise<void> {
  const { name, sha256, seenPatients, card } = await readBaseCard();
  await storeShippedBase(sha256);
  await enterBase({
    sha256,
    name,
    parentSha256: null,
    runId: null,
    seenPatients,
    outputs: ["features", "mask", "gap"],
    card,
  });
}

/** The shipped base, ready to embed; needs no database. */
export async function shippedBase(): Promise<Inference> {
  const { sha256 } = await readBaseCard();
  await storeShippedBase(sha256);
  return openBase(sha256);
}

async function storeShippedBase(sha256: string) {
  if (hasObject(sha256)) return;
  const stored = await putObject(await readFile(basePath));
  if (stored !== sha256)
    throw new Error(`the base network's file does not fit its card: it has the hash ${stored}`);
}
