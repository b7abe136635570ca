import { type ComparedMask, compareOnSlice, maskOfLabel } from "../compared-masks";
import type { Core } from "../core";
import { maskUrls } from "../masks/slice-masks";
import type { Save } from "../saves/save";
import { currentConflict, currentSlice, currentVersions } from "../selectors";
import { nothingCompared, type RoomState } from "../state";
import { memo, watch } from "../store";

/** What is to be compared on the pictures: in a conflict theirs and the reader's own, else two chosen versions. */
const wanted = memo(
  (state: RoomState) =>
    [currentSlice(state), currentVersions(state), currentConflict(state), drawnInConflict(state)] as const,
  (slice, pair, conflict, drawn) => {
    if (!pair && !conflict) return null;
    // Enough to tell one comparison from another: a slice's view is another object whenever its label changes.
    const key = conflict
      ? `${slice.id} ${conflict.saveId} ${conflict.label?.id} ${drawn?.draft.id} ${drawn?.draft.revision}`
      : `${slice.id} ${pair?.from.id} ${pair?.to.id}`;
    return { key, slice, pair, conflict };
  },
);

function drawnInConflict(state: RoomState) {
  return currentConflict(state)?.decision.mask === "drawn" ? state.now.drawing : null;
}

/** Compares what the reader wants compared, for the layer over the pictures and the figures beside them. */
export function compareMasks(core: Core): () => void {
  let at: string | null = null;
  return watch(core, wanted, async (asked) => {
    if ((asked?.key ?? null) === at) return;
    at = asked?.key ?? null;
    const put = (compared: RoomState["now"]["compared"]) => {
      if (at === (asked?.key ?? null)) core.put("now", { compared });
    };
    if (!asked || asked.slice.id !== core.get().now.compared.comparison?.sliceId) put(nothingCompared);
    if (!asked) return;
    const { slice, pair, conflict } = asked;
    const load = async (side: ComparedMask) => {
      if ("mask" in side) return side.mask;
      if (side.labelId === null) return new Uint8Array(slice.rows * slice.columns);
      return core.ports.server.mask(maskUrls.label(side.labelId), slice.rows, slice.columns);
    };
    try {
      const sides = conflict
        ? [maskOfLabel(conflict.label!), await ownMask(core, conflict)]
        : [maskOfLabel(pair!.from), maskOfLabel(pair!.to)];
      const [earlier, later] = sides;
      // Without one of them nothing is compared; the masks' own message says why.
      if (!earlier || !later) return put(nothingCompared);
      const [before, after] = await Promise.all([load(earlier), load(later)]);
      put({ comparison: compareOnSlice(slice, before, after), problem: null });
    } catch (error) {
      const problem = error instanceof Error ? error.message : "The masks could not be compared.";
      put({ comparison: null, problem });
    }
  });
}

/** The mask that the reader's own decision would save; null where it is not here. */
async function ownMask(core: Core, { sliceId, decision, label }: Save): Promise<ComparedMask | null> {
  const { id, rows, columns, prediction } = currentSlice(core.get());
  if (decision.mask === "drawn") {
    const drawn = core.drawings.settledOf(sliceId);
    // A copy: the drawing's own mask goes on changing under the pen.
    return drawn && { mask: drawn.mask.slice() };
  }
  if (decision.mask === "proposed") {
    if (!prediction) return null;
    const proposed = core.ports.server.mask(maskUrls.proposed(id, prediction.modelId), rows, columns);
    return proposed.then(
      (mask) => ({ mask }),
      () => null,
    );
  }
  return decision.mask === "current" && label ? maskOfLabel(label) : { labelId: null };
}
