import type { StudyDrafts } from "@/lib/features/labels/schema";
import type { Core } from "../core";
import type { Draft } from "../drawing/draft";
import { drawingBase } from "../drawing/edit";
import { recoverDrafts } from "../drawing/recover-drafts";
import { draftOfView } from "../drawing/send-draft";
import { currentSlice, mayLabel } from "../selectors";
import { watch } from "../store";
import { readJournal } from "./journal";

/** Shows the drawing store's part of the slice at hand in the state. */
export function showDrawings({ drawings, ...core }: Core): () => void {
  const show = () => {
    const state = core.get();
    const drawing = drawings.settledOf(currentSlice(state).id);
    const unsaved = drawings.unsaved();
    if (drawing !== state.now.drawing || unsaved !== state.now.unsaved) core.put("now", { drawing, unsaved });
  };
  const stops = [drawings.subscribe(show), watch(core, (state) => currentSlice(state).id, show)];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Brings the strokes of earlier visits and other machines back, keeps the slice at hand ready to be drawn on, and tells
 * who else draws in the study.
 */
export function followDrawings(core: Core): () => void {
  const { drawings, sync, ports } = core;
  const { server, page } = ports;
  const { id: studyId } = core.get().server.study;
  const isAllowed = mayLabel(core.get());
  let ended = false;
  // What this browser kept comes first: a new drawing would take its place in the journal.
  let journalRead = false;
  /** What the journal had; null once the server has told what it has. */
  let unconfirmed: readonly Draft[] | null = [];

  // The same one for one state of the slice: the store drops what it was asked for before another one.
  let base = drawingBase(currentSlice(core.get()));
  const prepare = async () => {
    if (!isAllowed || !journalRead || ended) return;
    const { sliceId } = base;
    const tell = (drawingProblem: string | null) => {
      const isCurrent = currentSlice(core.get()).id === sliceId;
      if (!ended && isCurrent && core.get().now.drawingProblem !== drawingProblem)
        core.put("now", { drawingProblem });
    };
    try {
      await drawings.prepare(base);
      tell(null);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  };

  const told = (drafts: StudyDrafts) => {
    core.put("server", { others: drafts.others });
    // Before the journal was read, its own look at the server is on its way.
    if (!journalRead) return;
    if (core.get().now.drawingProblem) void prepare();
    if (!isAllowed || !unconfirmed) return;
    const own = drafts.own.map((view) => draftOfView(view, studyId));
    drawings.recover(recoverDrafts(unconfirmed, own));
    unconfirmed = null;
  };
  const watched = server.watchDrafts(studyId, { told, refused: () => {} });
  core.readDrafts = watched.again;

  const begin = async () => {
    const { drafts } = await readJournal(core);
    if (ended) return;
    unconfirmed = drafts;
    if (isAllowed) drawings.recover(recoverDrafts(drafts, null));
    journalRead = true;
    void prepare();
    const answer = await watched.again();
    // Sent all the same, and again until the server can be reached.
    if (!ended && isAllowed && !answer)
      drawings.recover(drafts.map((draft) => ({ draft, onServer: false, served: null })));
  };
  void begin();

  const stops = [
    watched.stop,
    watch(core, currentSlice, (slice) => {
      base = drawingBase(slice);
      if (core.get().now.drawingProblem) core.put("now", { drawingProblem: null });
      void prepare();
    }),
    // What came back or was saved meanwhile needs to be made ready as well.
    drawings.subscribe(() => {
      if (!drawings.isReady(currentSlice(core.get()).id)) void prepare();
    }),
    page.onOnline(() => sync.flush()),
    page.onLeave(() => sync.flush()),
    page.onShownOrHidden(() => page.isHidden() && sync.flush()),
  ];
  return () => {
    ended = true;
    for (const stop of stops) stop();
    // Another study is opened: what waits is sent now and not in a second.
    sync.close();
  };
}
