import type { OpenedQueue } from "@/app/_ui/queue-href";
import type { StudyView } from "@/lib/features/studies/schema";
import { type Args, type CommandId, commandOf, commands } from "./commands";
import type { Command } from "./commands/command";
import { isTyped } from "./commands/press";
import type { Core, Stage } from "./core";
import { createDraftSync } from "./drawing/draft-sync";
import { createDrawingStore } from "./drawing/drawing-store";
import type { DraftLimits } from "./drawing/merge-strokes";
import { startEffects } from "./effects/start";
import { maskUrls } from "./masks/slice-masks";
import { goToNext } from "./next-slice";
import { noteLabel, withOwnLabels } from "./note-label";
import type { KeyPress, Ports } from "./ports";
import { findPlace, goOnInQueue, openQueue } from "./queue/go-on";
import { createReadingClock } from "./reading-clock";
import { createSaves } from "./saves/saves";
import { currentSlice } from "./selectors";
import { type Actor, initialState, type RoomState } from "./state";
import { createStore } from "./store";
import { tellSaved } from "./undo-decision";

const typedElsewhere =
  "Nothing was done: letter keys work while the pictures or the strip have the focus. Click there, or press F6.";

interface Opening {
  /** With one slice at least. */
  study: StudyView;
  /** Of the slice that it opens at. */
  index: number;
  actor: Actor;
  /** Null for a study that is read by itself. */
  queue?: OpenedQueue | null;
  /** What the server takes of a drawing. */
  limits: DraftLimits;
  ports: Ports;
}

/**
 * The reading room without its looks: one study, what is known of it, what the reader does, and what goes on by itself.
 *
 * The state changes by commands and effects alone. React only reads it (use-room.ts); a test drives it by
 * `room.run("accept")`.
 */
export function createRoom({ study, index, actor, queue = null, limits, ports }: Opening) {
  const store = createStore<RoomState>(initialState(withOwnLabels(study, ports.ownLabels), index, actor));
  const { server, page, journal } = ports;
  const sync = createDraftSync({
    send: server.sendDraft,
    onPlace: (sliceId, place, message) => drawings.notePlace(sliceId, place, message),
    onSaved: (sliceId, draftId) =>
      void drawings.becameLabel(sliceId, draftId, null).then(() => core.refreshStudy()),
  });
  const drawings = createDrawingStore({
    studyId: study.id,
    limits,
    journal,
    sync,
    loadMask: (labelId, { rows, columns }) => server.mask(maskUrls.label(labelId), rows, columns),
    newId: ports.newId,
    now: ports.now,
    nextFrame: (work) => void page.nextFrame(work),
  });
  const put: Core["put"] = (part, fields) =>
    store.set((state) => ({ ...state, [part]: { ...state[part], ...fields } }));
  const base = { get: store.get, subscribe: store.subscribe, put, ports, drawings, sync };
  const saves = createSaves(base, {
    onLabel: (sliceId, label, byMe) => noteLabel(core, sliceId, label, byMe),
    onRefused: () => core.refreshStudy(),
    onSaved(save, before) {
      const { sliceId, batchId } = save;
      tellSaved(core, save, before);
      // The figures of a queue that stays where it is.
      if (batchId !== null) return void findPlace(core);
      const { queue } = store.get().now;
      const { afterDecision, queueAdvances } = store.get().view;
      // Who has moved on meanwhile stays where they are.
      const isAtHand = currentSlice(store.get()).id === sliceId;
      if (queue) {
        // A decision on another slice of the study leads nowhere: the reader is still at the queue's.
        const goesOn = queueAdvances && isAtHand && queue.at.sliceId === sliceId;
        return void (goesOn ? goOnInQueue(core) : findPlace(core));
      }
      if (afterDecision !== "stay" && isAtHand) void goToNext(core, afterDecision, sliceId);
    },
  });
  const core: Core = {
    ...base,
    saves,
    clock: createReadingClock(ports),
    stage: null,
    isClosed: false,
    refreshStudy: () => {},
    readDrafts: () => Promise.resolve(null),
  };

  /** Does a command; what it throws is said beside the slice, and never thrown at a key. */
  function run<Id extends CommandId>(id: Id, ...[arg]: Args<Id>): void {
    const one = commands[id] as Command<unknown>;
    const { id: sliceId } = currentSlice(store.get());
    const say = (words: string) => put("now", { edited: { sliceId, words } });
    if (!one.when(store.get())) {
      const words = one.otherwise(store.get());
      if (words) say(words);
      return;
    }
    const failed = (error: unknown) =>
      say(error instanceof Error ? error.message : "That could not be done.");
    try {
      const running = one.run(core, arg);
      if (running instanceof Promise) running.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  function press(pressed: KeyPress): void {
    const id = commandOf(pressed, store.get());
    if (!id) return;
    if (isTyped(pressed)) {
      if (!store.get().view.letterKeys) return;
      if (!pressed.atPictures) {
        put("now", { told: { words: typedElsewhere, takesBack: null } });
        return;
      }
    }
    pressed.preventDefault();
    if (!pressed.repeat || commands[id].repeats) run(id);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    run,
    drawings,
    /** For the pen and the views, which change what is too fast for commands. */
    core: core as Pick<Core, "get" | "put" | "drawings">,
    readingMs: core.clock.elapsedMs,
    /** The views are on the screen; returns what takes them away. */
    attachStage(stage: Stage): () => void {
      core.stage = stage;
      return () => {
        if (core.stage === stage) core.stage = null;
      };
    },
    /** Brings back what earlier visits left and starts what goes on by itself; returns what ends it. */
    open(): () => void {
      core.isClosed = false;
      const stops = [startEffects(core), page.onKey(press)];
      if (queue) openQueue(core, queue);
      const told = page.takeOver();
      if (told) put("now", { told });
      return () => {
        core.isClosed = true;
        for (const stop of stops) stop();
      };
    },
  };
}
export type Room = ReturnType<typeof createRoom>;
