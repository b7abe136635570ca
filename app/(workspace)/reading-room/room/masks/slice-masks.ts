import type { SliceView } from "@/lib/features/studies/schema";
import { maskPathOf } from "./mask-path";

/** Outlines of one slice's masks as SVG path data in pixels; empty where there is no mask. */
export interface SliceMasks {
  sliceId: string;
  /** The model's proposal. */
  proposed: string;
  /** The newest imported mask, where that is not the current one. */
  imported: string;
  /** The current label's. */
  current: string;
}

/** Outlines kept in memory. */
const keptPaths = 1000;
/** Masks kept as pixels; 32 of 512 x 512 are 8 MB. */
const keptPixels = 32;
const paths = new Map<string, Promise<string>>();
const pixels = new Map<string, Promise<Uint8Array>>();

/** Where a mask of a slice is served from. */
export const maskUrls = {
  proposed: (sliceId: string, modelId: string) => `/api/slices/${sliceId}/proposed-mask?model=${modelId}`,
  label: (labelId: string) => `/api/labels/${labelId}/mask`,
};

/** Where the masks of a slice are served from; empty where there is none. */
export function maskUrlsOf(
  slice: Pick<SliceView, "id" | "prediction" | "label" | "importedMaskLabelId">,
): Omit<SliceMasks, "sliceId"> {
  const { id, prediction, label, importedMaskLabelId } = slice;
  return {
    proposed: prediction?.hasMask ? maskUrls.proposed(id, prediction.modelId) : "",
    imported: importedMaskLabelId ? maskUrls.label(importedMaskLabelId) : "",
    current: label?.hasMask ? maskUrls.label(label.id) : "",
  };
}

/**
 * The mask behind a URL, `[rows, columns]`, 0 background, 1 tumor; fetched once and shared: nobody writes to it.
 *
 * Throws with a sentence for the reader where it does not come; the next call tries again.
 */
export function maskPixels(url: string, rows: number, columns: number): Promise<Uint8Array> {
  return recalled(pixels, keptPixels, url, () => fetchMask(url, rows, columns));
}

/** The outline of the mask behind a URL as SVG path data in pixels. Throws as `maskPixels` does. */
export function maskPath(url: string, rows: number, columns: number): Promise<string> {
  return recalled(paths, keptPaths, url, async () =>
    maskPathOf(await maskPixels(url, rows, columns), rows, columns),
  );
}

async function fetchMask(url: string, rows: number, columns: number): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error("A mask of this slice could not be loaded.");
  const mask = new Uint8Array(await response.arrayBuffer());
  if (mask.length !== rows * columns)
    throw new Error("A mask of this slice has another size than its image.");
  return mask;
}

/** What is kept under a key, else made and kept in place of what was longest unused; a failure is not kept. */
function recalled<Value>(
  kept: Map<string, Promise<Value>>,
  limit: number,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, value);
  value.catch(() => kept.get(key) === value && kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > limit && oldest) kept.delete(oldest);
  return value;
}
