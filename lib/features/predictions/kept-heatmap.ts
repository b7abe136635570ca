import { z } from "zod";
import { getDerived, putDerived } from "@/lib/platform/storage";
import { PREPROCESSING_VERSION } from "@/lib/science/imaging/to-network-input";

/** Rows and columns of a heatmap: those of conv5. */
const size = 8;

/** Raised whenever a heatmap of the same head and pixels would have other values. */
const heatmapVersion = 1;

const Values = z.array(z.number()).length(size * size);

/** Whose heatmap, of which pixels: a head's artifact fits one base only. */
export interface HeatmapSubject {
  artifactSha256: string;
  pixelHash: string;
}

/** A heatmap's values, `[8, 8]`, or null where it must be made first (or was cut off by a power cut). */
export async function findKeptHeatmap(subject: HeatmapSubject): Promise<number[] | null> {
  const bytes = await getDerived(`heatmaps/${heatmapName(subject)}`);
  try {
    return bytes && Values.parse(JSON.parse(bytes.toString()));
  } catch {
    return null;
  }
}

/** Keeps a heatmap's values, `[8, 8]`. Throws where they are not as many or not finite. */
export async function keepHeatmap(subject: HeatmapSubject, values: Float32Array): Promise<void> {
  const text = JSON.stringify(Values.parse([...values]));
  await putDerived(`heatmaps/${heatmapName(subject)}`, new TextEncoder().encode(text));
}

/** A name that changes with everything that a heatmap depends on. */
export function heatmapName({ artifactSha256, pixelHash }: HeatmapSubject): string {
  return `${artifactSha256.slice(0, 16)}-p${PREPROCESSING_VERSION}-v${heatmapVersion}/${pixelHash.slice(0, 2)}/${pixelHash}`;
}
