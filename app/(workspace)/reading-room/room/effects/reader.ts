import type { Core } from "../core";
import { recallHints, rememberHints } from "../hints";
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
  ({ view: { toolSettings, afterDecision, queueAdvances, letterKeys, stripOpen } }: RoomState) =>
    [toolSettings, afterDecision, queueAdvances, letterKeys, stripOpen] as const,
  (toolSettings, afterDecision, queueAdvances, letterKeys, stripOpen) => ({
    ...{ toolSettings, afterDecision, queueAdvances, letterKeys, stripOpen },
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

/** Hints for who labels, in their first study; what they dismiss is remembered. */
export function showHints(core: Core): () => void {
  const { page } = core.ports;
  const { mayLabel, readerId, study } = core.get().server;
  const reader = { readerId, studyId: study.id };
  if (mayLabel) core.put("now", { hintsDismissed: recallHints(page, reader) });
  return watch(
    core,
    ({ now }) => now.hintsDismissed,
    (dismissed) => dismissed !== null && rememberHints(page, reader, dismissed),
  );
}
