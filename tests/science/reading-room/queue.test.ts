import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { LabelView } from "@/lib/records/label-view";
import { openRoom, settle } from "./fake-ports";
import { label, slice, study } from "./fake-study";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const filter = { reason: "ANY", cohort: "REAL", patients: "TRAINING" } as const;
const here = (position: number) => ({ studyId: "study", sliceId: `slice-${position}`, position });
const elsewhere = { studyId: "another", sliceId: "slice-x", position: 9 };
const fiveSlices = study({
  id: "study",
  slices: [1, 2, 3, 4, 5].map((at) => slice(at, { label: label(1) })),
});

/** A queue of slices 2 and 4 of this study, then one of another. */
const places: Record<string, QueuePlace> = {
  "slice-2": { next: here(4), isFlagged: true, left: 2, before: 0 },
  "slice-4": { next: elsewhere, isFlagged: true, left: 1, before: 0 },
};
const open = (index = 1, given: object = {}) =>
  openRoom({
    study: fiveSlices,
    index,
    queue: { filter, isNew: true },
    server: { queuePlace: async (sliceId) => places[sliceId]! },
    ...given,
  });
const positionOf = ({ room }: Awaited<ReturnType<typeof open>>) =>
  room.get().server.study.slices[room.get().view.index]!.position;

describe("a queue of flagged slices", () => {
  it("says where it stands, and fetches the next picture ahead", async () => {
    const { room, server } = await open();
    expect(room.get().now.queue).toMatchObject({ at: here(2), visited: [], place: { left: 2 } });
    expect(server.queuePlace).toHaveBeenCalledWith("slice-2", filter);
    expect(server.fetchPicture).toHaveBeenCalledWith("slice-4");
  });

  it("goes on after a decision, in the study and to the next one, and back", async () => {
    const opened = await open();
    opened.press("a");
    await settle();
    expect(positionOf(opened)).toBe(4);
    expect(opened.room.get().now.queue).toMatchObject({ at: here(4), visited: [here(2)] });
    // The next slice may be another patient's: what was said names whose it was.
    expect(opened.room.get().now.told).toMatchObject({ patientKey: fiveSlices.patientKey });
    opened.show();
    opened.press("a");
    await settle();
    expect(opened.page.go).toHaveBeenCalledWith(
      "/studies/another?slice=9&queue=flagged&reason=ANY&patients=TRAINING&cohort=REAL",
    );
    // The other study's room goes on where this window left the queue.
    expect(JSON.parse(opened.page.recallHere("sulcus.queue")!)).toEqual({
      filter,
      at: elsewhere,
      visited: [here(2), here(4)],
    });
    opened.press("B", { shiftKey: true });
    await settle();
    expect(positionOf(opened)).toBe(2);
    expect(opened.room.get().now.queue).toMatchObject({ at: here(2), visited: [] });
  });

  it("skips with N and stores nothing", async () => {
    const opened = await open();
    opened.press("n");
    await settle();
    expect(positionOf(opened)).toBe(4);
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
  });

  it("stays where the reader decides on another slice of the study, or does not want to be led on", async () => {
    const opened = await open();
    await opened.goTo(2);
    opened.press("a");
    await settle();
    expect(positionOf(opened)).toBe(3);
    opened.room.run("set-queue-advances", false);
    await opened.goTo(1);
    opened.press("a");
    await settle();
    expect(positionOf(opened)).toBe(2);
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(2);
  });

  it("says that it is done, and what is still flagged before it", async () => {
    const end = { next: null, isFlagged: true, left: 0, before: 3 };
    const opened = await open(1, { server: { queuePlace: async () => end } });
    opened.press("n");
    await settle();
    expect(opened.room.get().now.nextMessage).toContain("3 slices before it are still flagged");
    expect(positionOf(opened)).toBe(2);
  });

  it("says that its last slice is still flagged where nothing was decided", async () => {
    const last = { next: null, isFlagged: true, left: 0, before: 0 };
    const { room, press } = await open(1, { server: { queuePlace: async () => last } });
    press("n");
    await settle();
    expect(room.get().now.nextMessage).toContain("still flagged");
  });

  it("goes on where the window left it after a reload beside its slice, and begins anew from the list", async () => {
    const remembered = new Map([
      ["sulcus.queue", JSON.stringify({ filter, at: here(4), visited: [here(2)] })],
    ]);
    const reloaded = await open(4, { queue: { filter, isNew: false }, here: remembered });
    expect(positionOf(reloaded)).toBe(5);
    expect(reloaded.room.get().now.queue).toMatchObject({ at: here(4), visited: [here(2)] });
    const back = await open(1, { queue: { filter, isNew: false }, here: remembered });
    expect(back.room.get().now.queue).toMatchObject({ at: here(4) });
    const fromList = await open(4, { here: remembered });
    expect(fromList.room.get().now.queue).toMatchObject({ at: here(5), visited: [] });
  });

  it("leads nowhere once the reader has moved, or has left the room", async () => {
    let answer: (place: QueuePlace) => void = () => {};
    let saved: (done: LabelView) => void = () => {};
    const opened = await open(1, {
      server: {
        queuePlace: () => new Promise<QueuePlace>((resolve) => (answer = resolve)),
        saveLabel: () => new Promise<LabelView>((resolve) => (saved = resolve)),
      },
    });
    opened.press("a");
    await settle();
    await opened.goTo(2);
    saved(label(2));
    await settle();
    answer(places["slice-2"]!);
    await settle();
    expect(positionOf(opened)).toBe(3);

    opened.press("n");
    await settle();
    opened.close();
    answer(places["slice-4"]!);
    await settle();
    expect(positionOf(opened)).toBe(3);
    expect(opened.page.go).not.toHaveBeenCalled();
  });

  it("goes back with the undo of a decision that it came through", async () => {
    const opened = await open(1, {
      server: {
        queuePlace: async (sliceId: string) => places[sliceId]!,
        undoDecision: async () => ({
          studyId: "study",
          undone: [{ sliceId: "slice-2", position: 2, label: label(3, { act: "UNDONE" }) }],
          changedSince: [],
        }),
      },
    });
    opened.press("a");
    await settle();
    expect(positionOf(opened)).toBe(4);
    opened.press("y", { ctrlKey: true });
    opened.room.run("take-back", { labelId: "label-2", verb: "Undo" });
    await settle();
    expect(positionOf(opened)).toBe(2);
    expect(opened.room.get().now.queue).toMatchObject({ at: here(2), visited: [] });
  });
});

describe("a study whose page was fetched ahead", () => {
  it("begins with what the reader has saved in it since", async () => {
    const ownLabels = new Map([["slice-2", label(4, { labelClass: "NO_TUMOR" })]]);
    const { room } = await open(1, { ownLabels });
    expect(room.get().server.study.slices[1]).toMatchObject({
      labelVersion: 4,
      label: { labelClass: "NO_TUMOR" },
    });
    expect(room.get().server.study.slices[2]).toMatchObject({ labelVersion: 1 });
  });
});
