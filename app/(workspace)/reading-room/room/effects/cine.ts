import type { Core } from "../core";
import { goTo } from "../place";
import { hanging, slicesOf } from "../selectors";
import { watch } from "../store";

/**
 * Runs the cine through the study, round and round, by real time, until the reader goes elsewhere. Where pictures come
 * more slowly it waits for each and makes up for nothing.
 */
export function runCine(core: Core): () => void {
  const { page, elapsed } = core.ports;
  let withdraw = () => {};
  /** Where the cine is to be. */
  let at = 0;

  const allShown = () => {
    const state = core.get();
    return hanging(state).every((_, view) => state.now.shown.get(view + 1) === state.view.index);
  };
  const run = (rate: number) => {
    withdraw();
    if (!(rate > 0)) return;
    const interval = 1000 / rate;
    let due = elapsed() + interval;
    at = core.get().view.index;
    const tick = (now: number) => {
      if (now >= due && allShown()) {
        due = dueAfter(due, now, interval);
        at = cineNext(core.get().view.index, slicesOf(core.get()).length);
        goTo(core, at);
      }
      withdraw = page.nextFrame(tick);
    };
    withdraw = page.nextFrame(tick);
  };
  const stops = [
    watch(core, ({ view, now }) => (now.cine ? view.cineRate : 0), run),
    watch(
      core,
      ({ view }) => view.index,
      (index) => {
        if (core.get().now.cine && index !== at) core.put("now", { cine: false });
      },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
    withdraw();
  };
}

/**
 * When the step after one made at `now` is due, in `now`'s milliseconds. A frame's lateness does not add up; a step
 * late by a whole interval begins a new beat.
 */
export function dueAfter(due: number, now: number, interval: number): number {
  return now - due < interval ? due + interval : now + interval;
}

/** The slice after `index`; the first after the last. */
export function cineNext(index: number, count: number): number {
  return (index + 1) % count;
}
