import type { Core } from "../core";
import { maskUrlsOf } from "../masks/slice-masks";
import { currentSlice } from "../selectors";
import { watch } from "../store";

/** Loads the outlines of the slice at hand for the layer over its picture, and says so where they do not come. */
export function loadMasks(core: Core): () => void {
  const { server } = core.ports;
  let wanted = "";
  return watch(core, currentSlice, async ({ id: sliceId, rows, columns, ...slice }) => {
    const urls = maskUrlsOf({ id: sliceId, ...slice });
    const asked = [sliceId, ...Object.values(urls)].join(" ");
    if (asked === wanted) return;
    wanted = asked;
    if (core.get().now.masksProblem) core.put("now", { masksProblem: null });
    const load = (url: string) => (url ? server.maskPath(url, rows, columns) : "");
    try {
      const [proposed, imported, current] = await Promise.all([
        load(urls.proposed),
        load(urls.imported),
        load(urls.current),
      ]);
      if (asked === wanted) core.put("now", { masks: { sliceId, proposed, imported, current } });
    } catch (error) {
      const masksProblem = error instanceof Error ? error.message : "The masks could not be loaded.";
      if (asked === wanted) core.put("now", { masks: null, masksProblem });
    }
  });
}
