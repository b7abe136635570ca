/**
 * Writes `lib/engine/shipped/resnet50-lgg-base.golden.safetensors`: what the shipped base says of the phantom image. Only after a change of the
 * base, and only once the base reproduces its own published outputs: `npx tsx tests/support/make-backbone-golden.ts`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openInference } from "@/lib/engine/inference/inference";
import { writeSafetensors } from "@/lib/science/network/safetensors";
import { everyNth, FEATURE_STEP, MASK_STEP } from "@/lib/science/network/thin-out";
import { phantomImage } from "./phantom-image";

const root = path.resolve(import.meta.dirname, "../..");
const cacheFolder = await mkdtemp(path.join(os.tmpdir(), "sulcus-golden-"));
const basePath = path.join(root, "lib/engine/shipped/resnet50-lgg-base.safetensors");
const inference = await openInference({ basePath, cacheFolder });
const { features, maskLogits, gapLogits } = await inference.embed(phantomImage());
const tensors = Object.entries({
  features: everyNth(features, FEATURE_STEP),
  mask: everyNth(maskLogits!, MASK_STEP),
  gap: gapLogits!,
}).map(([name, values]) => [name, { dtype: "F32", shape: [values.length], values }] as const);
await writeFile(
  path.join(root, "lib/engine/shipped/resnet50-lgg-base.golden.safetensors"),
  writeSafetensors(new Map(tensors), { base: inference.baseSha256 }),
);
await inference.close();
await rm(cacheFolder, { recursive: true });
