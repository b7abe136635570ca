import { sliceHref } from "@/app/_ui/queue-href";
import type { Core } from "./core";
import { goToSlice } from "./place";
import { currentSlice } from "./selectors";
import type { NextAmong } from "./state";

const words = {
  flagged: {
    looking: "Looking for the next flagged slice…",
    none: "No other slice is flagged.",
  },
  unlabelled: {
    looking: "Looking for a slice without a label…",
    none: "Every other slice has a label.",
  },
} as const;

/** Goes to the flagged or unlabelled slice after `from`: here, or in another study. */
export async function goToNext(
  core: Core,
  among: NextAmong,
  from = currentSlice(core.get()).id,
): Promise<void> {
  const { server, page } = core.ports;
  const say = (nextMessage: string | null) => core.put("now", { nextMessage });
  say(words[among].looking);
  try {
    const next = await server.next(among, from);
    if (core.isClosed) return;
    if (!next) return say(words[among].none);
    say(null);
    if (next.studyId === core.get().server.study.id) goToSlice(core, next.sliceId);
    else page.go(sliceHref(next));
  } catch (error) {
    say(error instanceof Error ? error.message : "The server could not be reached.");
  }
}
