import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { shippedInt8Form } from "@/lib/engine/bases/int8-base";
import { crossFit } from "@/lib/engine/classifier/cross-fit";
import { embedInputs } from "@/lib/engine/embedding/embed-slices";
import { readLabelledArchive } from "@/lib/engine/embedding/labelled-archive";
import { openInference } from "@/lib/engine/inference/inference";
import { env } from "@/lib/platform/env";
import { TrainingParameters } from "@/lib/records/training-parameters";
import type { JudgedSlice } from "@/lib/science/metrics/judged-statistics";
import { assignFolds } from "@/lib/science/training/assign-folds";
import { type ProtocolSlice, patientsOf } from "./embedded-set";
import { compareRows } from "./score";

const parameters = TrainingParameters.parse({});

/** The product's model fitted and judged on float32 and on int8 features: out of fold, on the same patients and seeds. */
export async function measureInt8(slices: ProtocolSlice[], file: string, say: (row: string) => void) {
  const embedded = await onInt8(slices, file);
  await compareRows(say, "int8, out of fold", {
    "the product's model on its int8 form": (seed) => outOfFold(embedded, seed),
    "on the float32 base": (seed) => outOfFold(slices, seed),
  });
}

async function outOfFold(slices: ProtocolSlice[], seed: number): Promise<JudgedSlice[]> {
  const folds = assignFolds(patientsOf(slices), parameters.heads, seed);
  const { stacked } = await crossFit({ slices, folds }, parameters, seed);
  return stacked.outOfFold.map(({ slice: { hashedKey: patient, truth }, p }) => ({
    patient,
    truth: truth!,
    p,
    called: p >= stacked.threshold,
  }));
}

async function onInt8(slices: ProtocolSlice[], file: string): Promise<ProtocolSlice[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-int8-"));
  const basePath = path.join(folder, "int8.safetensors");
  await writeFile(basePath, await shippedInt8Form());
  const inference = await openInference({ basePath, cacheFolder: folder, batchSize: env.batch });
  const nameOf = ({ studyKey, position }: { studyKey: string; position: number }) =>
    `${studyKey} ${position}`;
  const wanted = new Map(slices.map((slice) => [nameOf(slice), slice]));
  const found: ProtocolSlice[] = [];
  for await (const window of (await readLabelledArchive(file)).windows()) {
    const own = window.filter((slice) => wanted.has(nameOf(slice)));
    const embeddings = await embedInputs(
      inference,
      own.map(({ input }) => input),
    );
    for (const [index, slice] of own.entries())
      found.push({ ...wanted.get(nameOf(slice))!, embedding: embeddings[index]! });
  }
  await inference.close();
  await rm(folder, { recursive: true });
  return found;
}
