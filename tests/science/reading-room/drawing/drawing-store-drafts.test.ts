import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { labels, onLabel, ready, settle, stored } from "./drawn-slice";
import { base, fakeRoom, paint } from "./fake-room";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What becomes of a drawing: it comes back, is given up, becomes a label, meets another one. */

describe("a draft that came back", () => {
  it("before its slice is ready is shown once it is, with its undo, on its own base", async () => {
    const { store, sync } = fakeRoom(labels);
    store.recover([{ draft: stored({ baseLabelId: "label", basedOn: 1 }), onServer: false, served: null }]);
    expect(store.unsaved().map(({ id }) => id)).toEqual(["old"]);
    expect([store.draftIdOf("s"), store.drawingOf("s")]).toEqual(["old", null]);
    expect(sync.changed.mock.calls[0]![0].id).toBe("old");
    // A newer label does not take its place.
    await store.prepare({ ...base, basedOn: 2, baseLabelId: "newer" });
    expect([...store.drawingOf("s")!.mask]).toEqual([0, 1, 0, 0, 0, 1]);
    expect(store.drawingOf("s")).toMatchObject({ recoveredFrom: 77, draft: { basedOn: 1 } });
    expect(store.undo("s")?.tool).toBe("brush");
    expect([...store.drawingOf("s")!.mask]).toEqual([0, 1, 0, 0, 0, 0]);
    expect(store.drawingOf("s")).toMatchObject({ recoveredFrom: null, draft: { id: "old", revision: 4 } });
  });

  it("after its slice was ready takes the place of the untouched mask", async () => {
    const { store } = await ready(onLabel);
    store.recover([{ draft: stored(), onServer: true, served: [3] }]);
    expect(store.isReady("s")).toBe(false);
    await store.prepare(onLabel);
    expect([...store.drawingOf("s")!.mask]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(store.drawingOf("s")!.place).toBe("server");
  });

  it("is not sent before the server has told what it has", async () => {
    const { store, sync } = await ready();
    store.recover([{ draft: stored(), onServer: null, served: null }]);
    await store.prepare(base);
    expect(sync.changed).not.toHaveBeenCalled();
    const shown = store.drawingOf("s");
    store.recover([{ draft: stored(), onServer: false, served: null }]);
    expect(sync.changed).toHaveBeenCalledTimes(1);
    // Its session goes on: nothing is loaded again.
    expect(store.drawingOf("s")!.mask).toBe(shown!.mask);
  });

  it("gives way to a later state of it from another machine, unless it was gone on with here", async () => {
    const later = stored({ revision: 9, done: 1 });
    const { store } = await ready();
    store.recover([{ draft: stored(), onServer: null, served: null }]);
    await store.prepare(base);
    store.recover([{ draft: later, onServer: true, served: [3] }]);
    await store.prepare(base);
    expect(store.drawingOf("s")!.draft).toEqual(later);

    const other = await ready();
    other.store.recover([{ draft: stored(), onServer: null, served: null }]);
    await other.store.prepare(base);
    other.draw(2);
    other.store.recover([{ draft: later, onServer: true, served: [3] }]);
    expect(other.mask()).toEqual([1, 0, 1, 0, 0, 1]);
    expect(other.store.drawingOf("s")!.draft).toMatchObject({ revision: 4, done: 3 });
  });

  it("does not take the place of what is being drawn, not even of a first stroke under way", async () => {
    const { store, mask } = await ready();
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 3)(stroke.mask);
    stroke.painted();
    store.recover([{ draft: stored(), onServer: true, served: [3] }]);
    paint(1, 4)(stroke.mask);
    stroke.end();
    expect(mask()).toEqual([0, 0, 0, 1, 1, 0]);
    store.recover([{ draft: stored(), onServer: true, served: [3] }]);
    expect(mask()).toEqual([0, 0, 0, 1, 1, 0]);
  });

  it("does not come back once it was given up in this window", async () => {
    const { store } = await ready();
    store.recover([{ draft: stored(), onServer: null, served: null }]);
    await store.forget("s");
    store.recover([{ draft: stored(), onServer: false, served: null }]);
    expect([store.draftIdOf("s"), store.unsaved()]).toEqual([null, []]);
  });
});

describe("a drawing that is given up", () => {
  it("is nowhere, and where it was kept is no matter of the next one", async () => {
    const { store, journal, sync, draw } = await ready();
    draw(0);
    store.notePlace("s", "refused", "too large");
    await store.forget("s");
    expect(sync.forget).toHaveBeenCalledWith("s");
    expect([store.drawingOf("s"), store.settledOf("s"), journal.drafts.size]).toEqual([null, null, 0]);
    // A late answer.
    store.notePlace("s", "server");
    await store.prepare(base);
    draw(1);
    expect(store.drawingOf("s")).toMatchObject({ place: "here", message: null });
  });

  it("does not come back with the end of its stroke under way", async () => {
    const { store, journal, sync } = await ready();
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 0)(stroke.mask);
    stroke.painted();
    await store.forget("s");
    paint(1, 1)(stroke.mask);
    stroke.painted();
    await vi.advanceTimersByTimeAsync(1_000);
    stroke.end();
    stroke.cancel();
    await settle();
    expect([store.drawingOf("s"), store.unsaved(), journal.drafts.size]).toEqual([null, [], 0]);
    expect(sync.changed).not.toHaveBeenCalled();
  });

  it("leaves another window's draft of the slice in the journal", async () => {
    const { store, journal, draw } = await ready();
    draw(0);
    await settle();
    await journal.putDraft(stored());
    await store.forget("s");
    expect(journal.drafts.get("s")!.id).toBe("old");
  });
});

describe("a drawing that became a label", () => {
  it("ends where nothing was drawn since the decision", async () => {
    const { store, journal, draw } = await ready();
    draw(0);
    const { id, revision } = store.drawingOf("s")!.draft;
    await store.becameLabel("s", id, { revision, version: 1 });
    expect([store.draftIdOf("s"), journal.drafts.size]).toEqual([null, 0]);
  });

  it("goes on as a new one, on the new version, with what was drawn while it was saved", async () => {
    const { store, journal, sync, draw, mask } = await ready();
    draw(0);
    const { id, revision } = store.drawingOf("s")!.draft;
    draw(1);
    await store.becameLabel("s", id, { revision, version: 1 });
    await settle();
    expect(mask()).toEqual([1, 1, 0, 0, 0, 0]);
    const { draft } = store.drawingOf("s")!;
    expect(draft).toMatchObject({ basedOn: 1, done: 2, revision: 3 });
    expect(draft.id).not.toBe(id);
    expect(journal.drafts.get("s")).toEqual(draft);
    expect(sync.forget).toHaveBeenCalledWith("s");
    expect(sync.changed.mock.lastCall![0]).toEqual(draft);
    // The same label again, or another answer for it, changes nothing.
    await store.becameLabel("s", id, { revision, version: 1 });
    expect(store.drawingOf("s")!.draft).toBe(draft);
  });

  it("keeps the stroke under way", async () => {
    const { store, draw, mask } = await ready();
    draw(0);
    const { id, revision } = store.drawingOf("s")!.draft;
    const stroke = store.beginStroke("s", "brush")!;
    paint(1, 1)(stroke.mask);
    stroke.painted();
    await store.becameLabel("s", id, { revision, version: 1 });
    paint(1, 2)(stroke.mask);
    stroke.end();
    expect(mask()).toEqual([1, 1, 1, 0, 0, 0]);
    expect(store.drawingOf("s")!.draft).toMatchObject({ basedOn: 1, done: 2 });
    expect(store.drawingOf("s")!.draft.id).not.toBe(id);
  });

  it("by another window's hand goes on only where it was drawn on here", async () => {
    const untouched = await ready();
    untouched.store.recover([{ draft: stored(), onServer: false, served: null }]);
    await untouched.store.becameLabel("s", "old", null);
    expect(untouched.store.draftIdOf("s")).toBeNull();

    const { store, draw, mask } = await ready();
    store.recover([{ draft: stored(), onServer: false, served: null }]);
    await store.prepare(base);
    draw(1);
    await store.becameLabel("s", "old", null);
    expect(mask()).toEqual([1, 1, 0, 0, 0, 1]);
    // Still on the version that it began on: saving it will ask.
    expect(store.drawingOf("s")!.draft).toMatchObject({ basedOn: 0, done: 3 });
    expect(store.draftIdOf("s")).not.toBe("old");
  });

  it("by a decision of this window waits for that decision's own answer", async () => {
    const { store, draw } = await ready();
    draw(0);
    const { id, revision } = store.drawingOf("s")!.draft;
    store.decided("s", id);
    await store.becameLabel("s", id, null);
    expect(store.draftIdOf("s")).toBe(id);
    store.decided("s", null);
    await store.becameLabel("s", id, { revision, version: 1 });
    expect(store.draftIdOf("s")).toBeNull();
  });
});

describe("a slice drawn in two places", () => {
  it("takes the other's strokes, with their undo", async () => {
    const { store, journal, draw } = await ready();
    draw(3);
    store.replace(stored({ id: "there" }));
    await store.prepare(base);
    await settle();
    expect([...store.drawingOf("s")!.mask]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(store.drawingOf("s")!.place).toBe("server");
    expect(journal.drafts.get("s")!.id).toBe("there");
  });

  it("keeps the own strokes, also those drawn on meanwhile, ahead of the other's", async () => {
    const { store, sync, draw, mask } = await ready();
    draw(3);
    const { id } = store.drawingOf("s")!.draft;
    store.overrule(stored({ id: "there", revision: 40 }));
    expect(sync.changed.mock.lastCall![0]).toMatchObject({ id, revision: 41, done: 1 });
    expect(sync.changed.mock.lastCall![2]).toBe("there");
    draw(4);
    expect(mask()).toEqual([0, 0, 0, 1, 1, 0]);
    expect(sync.changed.mock.lastCall![0]).toMatchObject({ id, revision: 42, done: 2 });
    // Of one draft in two windows, nothing is replaced.
    store.overrule(stored({ id, revision: 50 }));
    expect(sync.changed.mock.lastCall).toMatchObject([{ id, revision: 51 }, expect.anything(), undefined]);
  });
});
