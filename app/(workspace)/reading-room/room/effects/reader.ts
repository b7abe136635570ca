import type { Core } from "../core";
import { recallView, rememberView } from "../remembered";
import { currentSlice } from "../selectors";
import type { RoomState } from "../state";
import { memo, watch } from "../store";

/** Another slice starts the reading clock at zero. */
export function timeReading(core: Core): () => void {
  const stops = [core.clock.start(), watch(core, (state) => currentSlice(state).id, core.clock.restart)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** An outcome is shown this long; then where the strokes are kept is shown again. */
const messageMs = 6_000;

export function forgetMessages(core: Core): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = watch(
    core,
    ({ now }) => now.edited,
    (edited) => {
      clearTimeout(timer);
      if (edited) timer = setTimeout(() => core.put("now", { edited: null }), messageMs);
    },
  );
  return () => {
    clearTimeout(timer);
    stop();
  };
}

const liked = memo(
  ({ view }: RoomState) => [view.toolSettings, view.afterDecision, view.letterKeys, view.stripOpen] as const,
  (toolSettings, afterDecision, letterKeys, stripOpen) => ({
    toolSettings,
    afterDecision,
    letterKeys,
    stripOpen,
  }),
);

/** Begins as this person likes to work, and remembers how they do. */
export function rememberLiking(core: Core): () => void {
  const { page } = core.ports;
  core.put("view", recallView(page));
  let first = true;
  return watch(core, liked, (now) => {
    if (!first) rememberView(page, now);
    first = false;
  });
}
