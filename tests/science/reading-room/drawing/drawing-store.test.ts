import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { labels, onLabel, ready, settle } from "./drawn-slice";
import { base, fakeRoom, paint } from "./fake-room";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const emptyMask = [0, 0, 0, 0, 0, 0];

describe("a slice to draw on", () => {
  it("begins empty, or on its label's mask, which is not changed", async () => {
    const empty = await ready();
    empty.draw(2);
    expect(empty.mask()).toEqual([0, 0, 1, 0, 0, 0]);
    const labelled = await ready(onLabel);
    labelled.draw(2);
    expect(labelled.mask()).toEqual([1, 1, 1, 0, 0, 0]);
    expect(labelled.store.drawingOf("s")).toMatchObject({
      areaPixels: 3,
      path: "M0 0H3V1H0Z",
      draft: { basedOn: 1, baseLabelId: "label", revision: 1, done: 1 },
    });
    expect([...labels.label]).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it("is not ready before its mask is there, and says why where that does not come", async () => {
    const { store } = fakeRoom(labels);
    expect(store.beginStroke("s", "brush")).toBeNull();
    await expect(store.prepare({ ...base, baseLabelId: "gone" })).rejects.toThrow("could not be loaded");
    expect(store.isReady("s")).toBe(false);
  });

  it("that nothing was drawn on starts again on a newer label", async () => {
    const { store, draw, mask } = await ready(onLabel);
    await store.prepare({ ...base, basedOn: 2, baseLabelId: "newer" });
    draw(0);
    expect(mask()).toEqual([1, 0, 0, 0, 1, 1]);
    expect(store.drawingOf("s")!.draft).toMatchObject({ basedOn: 2, baseLabelId: "newer" });
  });

  it("that was drawn on stays on its base when a newer label comes", async () => {
    const { store, draw, mask } = await ready(onLabel);
    draw(2);
    await store.prepare({ ...base, basedOn: 2, baseLabelId: "newer" });
    expect(mask()).toEqual([1, 1, 1, 0, 0, 0]);
    expect(store.drawingOf("s")!.draft).toMatchObject({ basedOn: 1, baseLabelId: "label" });
  });

  it("begins on the base asked for last, whichever mask comes first", async () => {
    for (const first of ["label", "newer"]) {
      const room = fakeRoom(labels);
      const arrivals = new Map<string, () => void>();
      room.loadMask.mockImplementation(
        (id) => new Promise((resolve) => arrivals.set(id, () => resolve(labels[id as "label"]))),
      );
      void room.store.prepare(onLabel);
      void room.store.prepare({ ...base, basedOn: 2, baseLabelId: "newer" });
      arrivals.get(first)!();
      await settle();
      for (const arrive of arrivals.values()) arrive();
      await settle();
      room.store.edit("s", "brush", paint(1, 0));
      expect([...room.store.drawingOf("s")!.mask]).toEqual([1, 0, 0, 0, 1, 1]);
    }
  });

  it("is not taken from under a stroke by a mask that comes late", async () => {
    const { store, loadMask } = await ready();
    let arrive = (_mask: Uint8Array) => {};
    loadMask.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
    const preparing = store.prepare(onLabel);
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 4)(stroke.mask);
    arrive(labels.label);
    await preparing;
    stroke.end();
    expect([...store.drawingOf("s")!.mask]).toEqual([0, 0, 0, 0, 1, 0]);
  });
});

describe("a stroke", () => {
  it("is on the screen with the next picture, and in the journal and on its way once it ends", async () => {
    const { store, journal, sync, frame } = await ready();
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 0)(stroke.mask);
    stroke.painted();
    expect(store.drawingOf("s")).toBeNull();
    frame();
    expect(store.drawingOf("s")!.areaPixels).toBe(1);
    expect(sync.changed).not.toHaveBeenCalled();
    stroke.end();
    await settle();
    expect(sync.changed.mock.calls.map(([draft]) => draft.revision)).toEqual([1]);
    expect(journal.drafts.get("s")).toEqual(store.drawingOf("s")!.draft);
    expect(store.drawingOf("s")!.draft.strokes).toEqual([{ tool: "brush", change: Uint8Array.of(0, 1) }]);
  });

  it("under way is in the journal within 200 ms, also where the pen then rests", async () => {
    const { store, journal } = await ready();
    const stroke = store.beginStroke("s", "brush")!;
    await vi.advanceTimersByTimeAsync(50);
    paint(1, 0)(stroke.mask);
    stroke.painted();
    await vi.advanceTimersByTimeAsync(199);
    expect(journal.puts).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(journal.drafts.get("s")).toMatchObject({ revision: 1, done: 1 });
    expect([...journal.drafts.get("s")!.strokes[0]!.change]).toEqual([0, 1]);
    for (const pixel of [1, 2, 3]) {
      paint(1, pixel)(stroke.mask);
      stroke.painted();
      await vi.advanceTimersByTimeAsync(60);
    }
    expect(journal.puts).toBe(1);
    await vi.advanceTimersByTimeAsync(20);
    expect([journal.puts, ...journal.drafts.get("s")!.strokes[0]!.change]).toEqual([2, 0, 4]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(journal.puts).toBe(2);
  });

  it("leaves what is settled unchanged until it ends", async () => {
    const { store, draw, frame } = await ready();
    draw(0);
    const before = store.settledOf("s");
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 1)(stroke.mask);
    stroke.painted();
    frame();
    store.notePlace("s", "server");
    expect(store.settledOf("s")).toBe(before);
    expect(store.drawingOf("s")!.areaPixels).toBe(2);
    stroke.end();
    expect(store.settledOf("s")).toMatchObject({ areaPixels: 2, draft: { done: 2 } });
  });

  it("that is cancelled leaves the drawing, and its journal, as it was; a first one leaves none", async () => {
    const { store, journal, sync, draw, mask } = await ready();
    const cancelAfterAWhile = async () => {
      const stroke = store.beginStroke("s", "brush")!;
      paint(1, 3)(stroke.mask);
      stroke.painted();
      await vi.advanceTimersByTimeAsync(300);
      expect(journal.drafts.get("s")!.strokes.at(-1)!.change).toEqual(Uint8Array.of(3, 1));
      stroke.cancel();
      await settle();
    };
    await cancelAfterAWhile();
    expect([store.drawingOf("s"), journal.drafts.size, store.draftIdOf("s")]).toEqual([null, 0, null]);
    draw(0);
    const draft = store.drawingOf("s")!.draft;
    await cancelAfterAWhile();
    expect(mask()).toEqual([1, 0, 0, 0, 0, 0]);
    expect(store.drawingOf("s")!.draft).toBe(draft);
    expect(journal.drafts.get("s")).toEqual(draft);
    expect(sync.changed).toHaveBeenCalledTimes(1);
  });

  it("that has ended can neither be cancelled nor ended again", async () => {
    const { store, mask } = await ready();
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 3)(stroke.mask);
    stroke.end();
    stroke.cancel();
    stroke.end();
    expect(mask()).toEqual([0, 0, 0, 1, 0, 0]);
    expect(store.drawingOf("s")!.draft).toMatchObject({ revision: 1, done: 1 });
  });

  it("keeps others, undo and edits waiting while it is under way", async () => {
    const { store, draw } = await ready();
    draw(0);
    expect(store.mayBegin("s")).toBe(true);
    const stroke = store.beginStroke("s", "brush")!;
    expect([store.mayBegin("s"), store.beginStroke("s", "eraser"), store.undo("s"), draw(1)]).toEqual([
      false,
      null,
      null,
      false,
    ]);
    stroke.end();
    expect(store.undo("s")?.tool).toBe("brush");
  });
});

describe("an edit", () => {
  it("that changes nothing is no stroke", async () => {
    const { store, journal, draw } = await ready();
    expect(store.edit("s", "clear", (mask) => mask.fill(0))).toBe(false);
    expect(store.draftIdOf("s")).toBeNull();
    expect(draw(0)).toBe(true);
    expect(draw(0)).toBe(false);
    await settle();
    expect(store.drawingOf("s")!.draft).toMatchObject({ revision: 1, done: 1 });
    expect(journal.drafts.get("s")!.done).toBe(1);
  });

  it("that fails is taken back, and the slice can be drawn on", async () => {
    const { store, draw, mask } = await ready();
    const failing = (open: Uint8Array) => {
      open[0] = 1;
      open.set(new Uint8Array(7));
    };
    expect(() => store.edit("s", "copy", failing)).toThrow(RangeError);
    expect(store.drawingOf("s")).toBeNull();
    draw(4);
    expect(mask()).toEqual([0, 0, 0, 0, 1, 0]);
  });

  it("is undone and done again, mask and all, and each raises the revision", async () => {
    const { store, journal, draw, mask } = await ready(onLabel);
    draw(2);
    store.edit("s", "clear", (open) => open.fill(0));
    expect(mask()).toEqual(emptyMask);
    expect(store.undo("s")?.tool).toBe("clear");
    expect(mask()).toEqual([1, 1, 1, 0, 0, 0]);
    expect(store.undo("s")?.tool).toBe("brush");
    expect(mask()).toEqual([...labels.label]);
    expect(store.undo("s")).toBeNull();
    expect(store.redo("s")?.tool).toBe("brush");
    expect(store.redo("s")?.tool).toBe("clear");
    expect(store.redo("s")).toBeNull();
    expect(mask()).toEqual(emptyMask);
    await settle();
    expect(journal.drafts.get("s")).toMatchObject({ revision: 6, done: 2 });
  });
});

describe("what is not saved", () => {
  it("is the same array until it changes, and only has drafts whose strokes stand", async () => {
    const { store, draw } = await ready();
    const none = store.unsaved();
    expect(none).toEqual([]);
    draw(0);
    const one = store.unsaved();
    expect(one.map(({ sliceId }) => sliceId)).toEqual(["s"]);
    draw(1);
    store.notePlace("s", "server");
    expect(store.unsaved()).toBe(one);
    store.undo("s");
    store.undo("s");
    expect(store.unsaved()).toEqual([]);
  });

  it("is told to listeners until they leave", async () => {
    const { store, draw } = await ready();
    const listener = vi.fn();
    const leave = store.subscribe(listener);
    draw(0);
    expect(listener).toHaveBeenCalled();
    leave();
    listener.mockClear();
    draw(1);
    expect(listener).not.toHaveBeenCalled();
  });

  it("is told to be without a journal where the browser keeps none, and with one once it does again", async () => {
    const { store, journal, draw, mask } = await ready();
    journal.fails = true;
    draw(0);
    await settle();
    expect(store.drawingOf("s")!.journalled).toBe(false);
    draw(1);
    expect(mask()).toEqual([1, 1, 0, 0, 0, 0]);
    journal.fails = false;
    draw(2);
    await settle();
    expect(store.drawingOf("s")!.journalled).toBe(true);
  });
});
