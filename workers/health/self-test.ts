import { readFile } from "node:fs/promises";
import path from "node:path";
import { basePath } from "@/lib/engine/bases/base-network";
import { openInference } from "@/lib/engine/inference/inference";
import type { MachineReport } from "@/lib/features/system/schema";
import { testImage } from "@/lib/science/imaging/test-image";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { readSafetensors } from "@/lib/science/network/safetensors";
import { everyNth, FEATURE_STEP } from "@/lib/science/network/thin-out";

/** What the shipped base said of the test image when it was made: every 31st feature. */
export const goldenPath = path.join(path.dirname(basePath), "resnet50-lgg-base.golden.safetensors");

/** Another processor's arithmetic differs by about 1e-6; a broken one, or a damaged file, by far more. */
const tolerance = 1e-4;

/**
 * Runs the test image through the shipped base and holds its features against the golden file. Never throws: what went
 * wrong is the result. `cacheFolder` is where graphs are kept.
 */
export async function selfTest(
  cacheFolder: string,
  threads: number,
  golden = goldenPath,
): Promise<MachineReport["selfTest"]> {
  try {
    const { tensors, metadata } = readSafetensors(await readFile(golden));
    const inference = await openInference({ basePath, cacheFolder, threads, batchSize: 1 });
    try {
      if (metadata.base !== inference.baseSha256)
        return { ran: false, reason: "the shipped network's file is not the one that it should be" };
      await inference.embed(testImage()); // the first pass allocates memory
      const startedAt = performance.now();
      const { features } = await inference.embed(testImage());
      const milliseconds = performance.now() - startedAt;
      const difference = relativeDifference(
        everyNth(features, FEATURE_STEP),
        tensors.get("features")?.values ?? new Float32Array(),
      );
      return { ran: true, difference, tolerance, milliseconds };
    } finally {
      await inference.close();
    }
  } catch (error) {
    return { ran: false, reason: error instanceof Error ? error.message.split("\n")[0]! : String(error) };
  }
}
