import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "@/app/_client/request";
import type { SaveLabel } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import { draw, fakeJournal, type Opened, openRoom, settle } from "./fake-ports";
import { label, slice, study } from "./fake-study";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const saveOf = ({ room }: Opened, sliceId = "slice-1") => room.get().kept.saves.get(sliceId);
describe("a decision", () => {
  it("is saved by its key with ids and values alone", async () => {
    const opened = await openRoom();
    opened.press("y");
    await settle();
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(1);
    expect(opened.server.saveLabel.mock.calls[0]![0]).toMatchObject({
      sliceId: "slice-1",
      basedOn: 0,
      modelId: "model",
      labelClass: "TUMOR",
      mask: "proposed",
    });
    expect(saveOf(opened)).toMatchObject({ state: "saved", label: { version: 1 } });
    expect(opened.room.get().server.study.slices[0]!.label?.version).toBe(1);
  });

  it("leaves at once while every read is still pending", async () => {
    // Nothing that is read is ever answered: drafts, study, the next slice, a heatmap, masks.
    const never = () => new Promise<never>(() => {});
    const opened = await openRoom({ server: { mask: never, maskPath: never } });
    opened.room.run("heatmap");
    opened.room.run("next-flagged");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.server.next).toHaveBeenCalled();
    expect(opened.server.requestHeatmap).toHaveBeenCalled();
    opened.room.run("use-model");
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(1);
    await settle();
    expect(saveOf(opened)?.state).toBe("saved");
  });

  it("is not made on a slice that is not on the screen, nor by whoever may not label", async () => {
    const elsewhere = await openRoom();
    elsewhere.room.run("go-to", 1);
    elsewhere.room.run("use-model");
    expect(elsewhere.server.saveLabel).not.toHaveBeenCalled();
    elsewhere.show(1);
    elsewhere.room.run("use-model");
    expect(elsewhere.server.saveLabel.mock.calls[0]![0].sliceId).toBe("slice-2");

    const looker = await openRoom({ mayLabel: false });
    looker.room.run("use-model");
    expect(looker.server.saveLabel).not.toHaveBeenCalled();
  });

  it("in the journal is ids and values, no slice, and is gone once the server has it", async () => {
    let answer: (label: LabelView) => void = () => {};
    const saveLabel = () => new Promise<LabelView>((resolve) => (answer = resolve));
    const opened = await openRoom({ server: { saveLabel } });
    opened.room.run("set-note", "at the rim");
    opened.room.run("use-model");
    await settle();
    expect(opened.journal.saves.get("slice-1")).toEqual({
      saveId: expect.any(String),
      sliceId: "slice-1",
      revision: null,
      basedOn: 0,
      modelId: "model",
      decision: { act: "use-model", labelClass: "TUMOR", mask: "proposed" },
      drawn: null,
      drawnFrom: null,
      batchId: null,
      words: { reason: null, note: "at the rim" },
      readingMs: expect.any(Number),
      state: "saving",
    });
    answer(label(1));
    await settle();
    expect(opened.journal.saves.size).toBe(0);
  });

  it("that nobody answered is sent again when the network is back, and when the page comes back", async () => {
    const journal = fakeJournal();
    const lost = () => Promise.reject(new Refused("unreachable", "The server could not be reached."));
    const first = await openRoom({ journal, server: { saveLabel: lost } });
    first.room.run("use-model");
    await settle();
    expect(saveOf(first)).toMatchObject({ state: "failed", message: "The server could not be reached." });
    first.close();

    const saveLabel = vi.fn(async (_input: SaveLabel) => label(1));
    saveLabel.mockImplementationOnce(lost);
    const again = await openRoom({ journal, server: { saveLabel } });
    expect(saveOf(again)?.state).toBe("failed");
    again.comeOnline();
    await settle();
    expect(saveOf(again)?.state).toBe("saved");
    const [one, other] = saveLabel.mock.calls;
    expect(one![0]).toEqual(other![0]);
  });

  it("that someone else was faster with waits for the reader, who may drop it or save it on top", async () => {
    const saveLabel = vi.fn(async ({ basedOn }: SaveLabel) => {
      if (basedOn < 4) throw new Refused("conflict", "Someone labelled this slice meanwhile");
      return label(5);
    });
    const theirs = label(4, { labelClass: "NO_TUMOR", authorName: "B. Reader" });
    const opened = await openRoom({ server: { saveLabel, labels: async () => [theirs] } });
    opened.room.run("use-model");
    await settle();
    expect(saveOf(opened)).toMatchObject({ state: "conflict", label: { version: 4 } });
    opened.room.run("save-on-top");
    await settle();
    expect(saveLabel.mock.lastCall![0].basedOn).toBe(4);
    expect(saveOf(opened)).toMatchObject({ state: "saved", label: { version: 5 } });
  });

  it("that was refused because the model has changed is sent again with the prediction on the screen", async () => {
    const saveLabel = vi.fn(async ({ modelId }: SaveLabel) => {
      if (modelId === "model") throw new Refused("conflict", "The model's prediction has changed");
      return label(1);
    });
    const opened = await openRoom({ server: { saveLabel, labels: async () => [] } });
    opened.room.run("use-model");
    await settle();
    expect(saveOf(opened)).toMatchObject({ state: "failed", message: "The model's prediction has changed" });
    const predicted = { ...slice(1).prediction!, modelId: "newer" };
    opened.watchers.study!.told(study({ slices: [slice(1, { prediction: predicted }), slice(2)] }));
    opened.room.run("save-again");
    await settle();
    expect(saveOf(opened)?.state).toBe("saved");
  });

  it("leads on to the next slice where that is wished for, and remembers the wish", async () => {
    const place = { studyId: "study", sliceId: "slice-4", position: 4 };
    const opened = await openRoom({ server: { next: vi.fn(async () => place) } });
    opened.room.run("set-after-decision", "flagged");
    opened.room.run("use-model");
    await settle();
    expect(opened.room.get().view.index).toBe(3);
    expect(opened.page.recall("sulcus.after-decision")).toBe("flagged");
  });
});

describe("words typed before a decision", () => {
  it("are there again after a reload, by slice, until a save carries them off", async () => {
    const journal = fakeJournal();
    const first = await openRoom({ journal });
    first.room.run("set-note", "motion in the upper half");
    first.room.run("set-reason", "ARTEFACT");
    await first.goTo(1);
    first.room.run("set-note", "other");
    await settle();
    first.close();

    const again = await openRoom({ journal });
    expect(again.room.get().kept.words).toEqual(
      new Map([
        ["slice-1", { reason: "ARTEFACT", note: "motion in the upper half" }],
        ["slice-2", { reason: null, note: "other" }],
      ]),
    );
    again.room.run("unsure");
    await settle();
    expect(again.server.saveLabel.mock.calls[0]![0]).toMatchObject({
      labelClass: "CANNOT_TELL",
      reason: "ARTEFACT",
      note: "motion in the upper half",
    });
    expect([...journal.words.keys()]).toEqual(["slice-2"]);
    again.close();
  });

  it("are back when the decision that took them is dropped", async () => {
    const saveLabel = () => Promise.reject(new Refused("invalid", "no"));
    const opened = await openRoom({ server: { saveLabel } });
    opened.room.run("set-note", "kept");
    opened.room.run("use-model");
    await settle();
    expect(opened.room.get().kept.words.size).toBe(0);
    opened.room.run("drop-decision");
    expect(opened.room.get().kept.words.get("slice-1")).toEqual({ reason: null, note: "kept" });
  });

  it("are asked for where 'unsure' has none", async () => {
    const opened = await openRoom();
    opened.press("u");
    expect(opened.room.get().now.question?.kind).toBe("reason");
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
    const { question } = opened.room.get().now;
    if (question?.kind !== "reason") throw new Error("no reason was asked for");
    opened.room.run("give-reason", { decision: question.decision, reason: "CUT_OFF" });
    expect(opened.server.saveLabel.mock.calls[0]![0]).toMatchObject({ reason: "CUT_OFF" });
  });
});

describe("one undo of an act on several slices", () => {
  async function interpolated() {
    const opened = await openRoom();
    draw(opened, 0, 1);
    await opened.goTo(4);
    draw(opened, 0, 1);
    await opened.goTo(2);
    opened.room.run("interpolate");
    await settle();
    const standing = () =>
      opened.room.drawings
        .unsaved()
        .map(({ sliceId }) => sliceId)
        .sort();
    return { ...opened, standing };
  }
  const all = ["slice-1", "slice-2", "slice-3", "slice-4", "slice-5"];

  it("takes the interpolation back on all of them, names them, and redo brings all back", async () => {
    const opened = await interpolated();
    expect(opened.standing()).toEqual(all);
    opened.room.run("undo");
    await settle();
    expect(opened.standing()).toEqual(["slice-1", "slice-5"]);
    expect(opened.room.get().now.edited?.words).toBe("Undone: interpolation on slice 2, 3, 4.");
    opened.room.run("redo");
    await settle();
    expect(opened.standing()).toEqual(all);
    expect(opened.room.get().now.edited?.words).toBe("Redone: interpolation on slice 2, 3, 4.");
  });

  it("leaves the slices that were drawn on since, and says so", async () => {
    const opened = await interpolated();
    await opened.goTo(1);
    draw(opened, 5);
    await opened.goTo(3);
    opened.room.run("undo");
    await settle();
    expect(opened.standing()).toEqual(["slice-1", "slice-2", "slice-5"]);
    expect(opened.room.get().now.edited?.words).toBe(
      "Undone: interpolation on slice 3, 4. Not on slice 2: drawn on since.",
    );
  });

  it("is still one act after a reload", async () => {
    const before = await interpolated();
    before.close();
    const { journal } = before;
    const again = await openRoom({ journal, index: 2 });
    again.watchers.drafts!.told({
      own: [...journal.drafts.values()].map(({ strokes, changedAt, studyId: _, ...draft }) => ({
        ...draft,
        strokes: strokes.map(({ tool, change, from }) => ({
          tool,
          change: Buffer.from(change).toString("base64"),
          ...(from ? { from: [...from] } : {}),
        })),
        updatedAt: new Date(changedAt),
      })),
      others: [],
    });
    await settle();
    again.show();
    again.room.run("undo");
    await settle();
    const standing = again.room.drawings.unsaved().map(({ sliceId }) => sliceId);
    expect(standing.sort()).toEqual(["slice-1", "slice-5"]);
  });
});

describe("the room", () => {
  it("tells of a label that someone else saved meanwhile, and of a session that has ended", async () => {
    const { room, watchers } = await openRoom();
    watchers.study!.told(study({ slices: [slice(1, { label: label(1) })] }));
    expect(room.get().server.study.slices[0]!.label?.version).toBe(1);
    expect(room.get().server.study.slices).toHaveLength(5);
    watchers.study!.refused("unauthenticated");
    expect(room.get().server.signedOut).toBe(true);
    watchers.study!.told(study());
    expect(room.get().server).toMatchObject({ signedOut: false });
    expect(room.get().server.study.slices[0]!.label?.version).toBe(1);
  });

  it("says what a command could not do instead of throwing at a key", async () => {
    const mask = () => Promise.reject(new Error("A mask of this slice could not be loaded."));
    const { room, press } = await openRoom({ server: { mask } });
    press("A", { shiftKey: true });
    await settle();
    expect(room.get().now.edited?.words).toBe("A mask of this slice could not be loaded.");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(room.get().now.edited).toBeNull();
  });

  it("runs the cine round and round, and stops it where the reader goes elsewhere", async () => {
    const { room, show, press } = await openRoom({ index: 3 });
    room.run("set-cine-rate", 10);
    room.run("set-layout", "one-up");
    press(" ");
    await vi.advanceTimersByTimeAsync(130);
    expect(room.get().view.index).toBe(4);
    await vi.advanceTimersByTimeAsync(500);
    // The picture is not there yet: the cine waits.
    expect(room.get().view.index).toBe(4);
    show();
    await vi.advanceTimersByTimeAsync(130);
    expect(room.get().view.index).toBe(0);
    press("End");
    expect(room.get().now.cine).toBe(false);
    expect(room.get().view.index).toBe(4);
  });

  it("notes how long the slice at hand was read", async () => {
    const opened = await openRoom();
    await vi.advanceTimersByTimeAsync(3_000);
    await opened.goTo(1);
    await vi.advanceTimersByTimeAsync(1_500);
    opened.room.run("use-model");
    expect(opened.server.saveLabel.mock.calls[0]![0].readingMs).toBe(1_500);
  });

  it("hides with M the masks that are shown and brings them back", async () => {
    const { room, press } = await openRoom();
    room.run("toggle-mask", "imported");
    press("m");
    expect(Object.values(room.get().view.masks)).toEqual([false, false, false]);
    press("m");
    expect(room.get().view.masks).toEqual({ proposed: true, imported: false, current: true });
  });
});
