import { LRUCache } from "lru-cache";
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

/** Size of a mask, which a URL alone does not say. */
interface Size {
  rows: number;
  columns: number;
}

/** A fetch under way is finished even if it is no longer needed: the caller that asked for it gets it. A failure is not kept. */
const finishing = { ignoreFetchAbort: true, allowStaleOnFetchAbort: true };

const paths = new LRUCache<string, { path: string }, Size>({
  max: 1000,
  ...finishing,
  fetchMethod: async (url, _stale, { context: { rows, columns } }) => ({
    path: maskPathOf(await maskPixels(url, rows, columns), rows, columns),
  }),
});
/** 32 of 512 x 512 are 8 MB. */
const pixels = new LRUCache<string, Uint8Array, Size>({
  max: 32,
  ...finishing,
  fetchMethod: (url, _stale, { context: { rows, columns } }) => fetchMask(url, rows, columns),
});

/** Where a mask of a slice is served from. */
export const maskUrls = {
  proposed: (sliceId: string, modelId: string) => `/api/slices/${sliceId}/proposed-mask?model=${modelId}`,
  label: (labelId: string) => `/api/labels/${labelId}/mask`,
};

/** Where the masks of a slice are served from; empty where there is none. */
export function maskUrlsOf(
  slice: Pick<SliceView, "id" | "prediction" | "label" | "imported">,
): Omit<SliceMasks, "sliceId"> {
  const { id, prediction, label, imported } = slice;
  const isCurrent = imported?.id === label?.id;
  return {
    proposed: prediction?.maskSha256 ? maskUrls.proposed(id, prediction.modelId) : "",
    imported: imported?.maskSha256 && !isCurrent ? maskUrls.label(imported.id) : "",
    current: label?.maskSha256 ? maskUrls.label(label.id) : "",
  };
}

/**
 * The mask behind a URL, `[rows, columns]`, 0 background, 1 tumor; fetched once and shared: nobody writes to it.
 *
 * Throws with a sentence for the reader where it does not come; the next call tries again.
 */
export async function maskPixels(url: string, rows: number, columns: number): Promise<Uint8Array> {
  return pixels.forceFetch(url, { context: { rows, columns } });
}

/** The outline of the mask behind a URL as SVG path data in pixels. Throws as `maskPixels` does. */
export async function maskPath(url: string, rows: number, columns: number): Promise<string> {
  return (await paths.forceFetch(url, { context: { rows, columns } })).path;
}

async function fetchMask(url: string, rows: number, columns: number): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error("A mask of this slice could not be loaded.");
  const mask = new Uint8Array(await response.arrayBuffer());
  if (mask.length !== rows * columns)
    throw new Error("A mask of this slice has another size than its image.");
  return mask;
}
