import type { HeadWeights } from "@/lib/science/network/head";
import type { LabelledFeatures } from "@/lib/science/training/fit-head";
import { normal, seededRandom } from "@/lib/science/training/random";

/** A head of the plain head's form, small enough for thousands of steps. */
export function smallHead(widths: readonly number[], seed: number): HeadWeights {
  const random = seededRandom(seed);
  return {
    layers: widths.slice(1).map((outputs, layer) => ({
      kernel: Float32Array.from({ length: widths[layer]! * outputs }, () => {
        return normal(random) * Math.sqrt(2 / widths[layer]!);
      }),
      bias: Float32Array.from({ length: outputs }, () => 0.1 * normal(random)),
    })),
  };
}

/** Slices whose class moves the mean of every feature by `distance` deviations; 0 is pure noise. */
export function madeUpFeatures(
  slices: number,
  length: number,
  distance: number,
  seed: number,
): LabelledFeatures {
  const random = seededRandom(seed);
  const truth = Uint8Array.from({ length: slices }, () => (random() < 0.4 ? 1 : 0));
  const features = Float32Array.from({ length: slices * length }, (_, index) => {
    return normal(random) + distance * (truth[Math.floor(index / length)]! - 0.4);
  });
  return { features, truth };
}
