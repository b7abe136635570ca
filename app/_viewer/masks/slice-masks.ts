import { maskOutline } from "@/lib/science/imaging/mask-outline";

/** Mask outlines kept in memory, as SVG path data. */
const kept = 1000;
const loads = new Map<string, Promise<string>>();

/** Where a mask of a slice is served from. */
export const maskUrls = {
  proposed: (sliceId: string, modelId: string) => `/api/slices/${sliceId}/proposed-mask?model=${modelId}`,
  label: (labelId: string) => `/api/labels/${labelId}/mask`,
};

/**
 * The outline of the mask behind a URL as SVG path data in pixels; fetched once.
 *
 * Throws with a sentence for the reader where it does not come; the next call tries again.
 */
export function maskPath(url: string, rows: number, columns: number): Promise<string> {
  const known = loads.get(url);
  if (known) return known;
  const load = fetchMask(url, rows, columns);
  loads.set(url, load);
  load.catch(() => loads.delete(url));
  const oldest = loads.keys().next().value;
  if (loads.size > kept && oldest) loads.delete(oldest);
  return load;
}

async function fetchMask(url: string, rows: number, columns: number): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error("A mask of this slice could not be loaded.");
  const mask = new Uint8Array(await response.arrayBuffer());
  if (mask.length !== rows * columns)
    throw new Error("A mask of this slice has another size than its image.");
  return maskOutline(mask, rows, columns)
    .map((loop) => `M${loop.map(([x, y]) => `${x} ${y}`).join("L")}Z`)
    .join("");
}
