import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "@/app/_client/request";
import type { SaveLabel } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import { fakeJournal, openRoom, settle } from "./fake-ports";
import { label, slice, study } from "./fake-study";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Opened = Awaited<ReturnType<typeof openRoom>>;
const saveOf = ({ room }: Opened, sliceId = "slice-1") => room.get().kept.saves.get(sliceId);
/** Draws on the slice at hand. */
const draw = ({ room }: Opened, ...pixels: number[]) => {
  const { id } = room.get().server.study.slices[room.get().view.index]!;
  return room.drawings.edit(id, "brush", (mask) => {
    for (const pixel of pixels) mask[pixel] = 1;
  });
};

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

describe("using the model's mask in the place of an expert's", () => {
  const onFile = label(1, { source: "IMPORTED", areaPixels: 4, maskSha256: "expert" });
  const opening = (proposed: number[]) => ({
    study: study({ slices: [slice(1, { label: onFile }), slice(2)] }),
    server: {
      mask: async (url: string) =>
        Uint8Array.from(url.startsWith("/api/labels/") ? [1, 1, 1, 1, 0, 0] : proposed),
    },
  });

  it("asks once where the two differ much, and stores nothing until then", async () => {
    const opened = await openRoom(opening([1, 0, 0, 0, 1, 0]));
    opened.press("y");
    await settle();
    const { question } = opened.room.get().now;
    if (question?.kind !== "replaces") throw new Error("nothing was asked");
    expect(question.dice).toBeCloseTo(1 / 3);
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
    opened.room.run("confirm-replacing", question.decision);
    expect(opened.server.saveLabel.mock.calls[0]![0]).toMatchObject({ act: "use-model", mask: "proposed" });
  });

  it("asks nothing where they are nearly the same", async () => {
    const opened = await openRoom(opening([1, 1, 1, 0, 0, 0]));
    opened.press("y");
    await settle();
    expect(opened.room.get().now.question).toBeNull();
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(1);
  });

  it("asks where the model has no mask", async () => {
    const none = { ...slice(1).prediction!, predictedClass: "NO_TUMOR" as const, maskSha256: null };
    const opened = await openRoom({
      study: study({ slices: [slice(1, { label: onFile, prediction: none })] }),
    });
    opened.press("y");
    await settle();
    expect(opened.room.get().now.question).toMatchObject({ kind: "replaces", dice: 0 });
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
  });
});

describe("letters typed by accident", () => {
  it("do nothing while the pictures have no focus, and it is said why", async () => {
    const opened = await openRoom();
    const before = opened.room.get().view;
    for (const key of "normal study") opened.press(key, { atPictures: false });
    await settle();
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
    expect(opened.server.next).not.toHaveBeenCalled();
    expect(opened.page.go).not.toHaveBeenCalled();
    expect(opened.room.get().view).toEqual(before);
    expect(opened.room.get().now.told?.words).toContain(
      "letter keys work while the pictures or the strip have the focus",
    );
    // Keys that type nothing go on.
    opened.press("ArrowDown", { atPictures: false });
    expect(opened.room.get().view.index).toBe(1);
  });

  it("do nothing at all where letter keys are off, which the browser remembers", async () => {
    const opened = await openRoom();
    opened.room.run("set-letter-keys", false);
    opened.press("y");
    await settle();
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
    expect(opened.page.recall("sulcus.letter-keys")).toBe("off");
  });
});

describe("undoing a decision", () => {
  const decided = label(2, { areaPixels: null, act: "STATED", labelClass: "NO_TUMOR" });
  const row = (state: "stands" | "taken-back", part = {}) => ({
    label: decided,
    sliceId: "slice-1",
    studyId: "study",
    patientKey: "PATIENT",
    position: 1,
    batchId: null,
    state,
    ...part,
  });
  const back = label(3, { act: "UNDONE", areaPixels: 4, source: "IMPORTED", restoredVersion: 1 });
  const undone = {
    studyId: "study",
    undone: [{ sliceId: "slice-1", position: 1, label: back }],
    changedSince: [],
  };

  it("takes the last one that stands back with Ctrl Z, goes there and says so", async () => {
    const undoDecision = vi.fn(async () => undone);
    const rows = [row("taken-back"), row("stands")];
    const opened = await openRoom({ server: { myDecisions: async () => rows, undoDecision }, index: 3 });
    opened.press("z", { ctrlKey: true });
    await settle();
    expect(undoDecision).toHaveBeenCalledWith(decided.id, expect.any(String));
    const { view, now, server } = opened.room.get();
    expect(view.index).toBe(0);
    expect(server.study.slices[0]!.label).toEqual(back);
    expect(now.told?.words).toBe("Slice 1 is as before: tumor, mask 4 px");

    undoDecision.mockResolvedValueOnce({
      ...undone,
      undone: [{ sliceId: "slice-1", position: 1, label: { ...decided, version: 4 } }],
    });
    opened.press("y", { ctrlKey: true });
    await settle();
    expect(undoDecision).toHaveBeenLastCalledWith(back.id, expect.any(String));
    expect(opened.room.get().now.told?.words).toBe("Slice 1 is as you decided: no tumor");
  });

  it("opens the study where the last decision was made", async () => {
    const undoDecision = vi.fn(async () => ({ ...undone, studyId: "other" }));
    const opened = await openRoom({ server: { myDecisions: async () => [row("stands")], undoDecision } });
    opened.press("z", { ctrlKey: true });
    await settle();
    expect(opened.page.go).toHaveBeenCalledWith("/studies/other?slice=1");
    expect(opened.page.handOver).toHaveBeenCalledWith(
      expect.objectContaining({ words: "Slice 1 is as before: tumor, mask 4 px" }),
    );
  });

  it("is not what Ctrl Z does while a drawing has strokes, undone ones too, nor while the key is held", async () => {
    const opened = await openRoom({ server: { myDecisions: async () => [row("stands")] } });
    draw(opened, 1);
    await settle();
    opened.press("z", { ctrlKey: true });
    await settle();
    opened.press("z", { ctrlKey: true });
    await settle();
    expect(opened.room.get().now.edited?.words).toBe("Nothing more to undo in this drawing.");
    await opened.goTo(1);
    opened.press("z", { ctrlKey: true, repeat: true });
    await settle();
    expect(opened.server.myDecisions).not.toHaveBeenCalled();
  });

  it("says where nothing can be undone", async () => {
    const opened = await openRoom({ server: { myDecisions: async () => [row("taken-back")] } });
    opened.press("z", { ctrlKey: true });
    await settle();
    expect(opened.room.get().now.told?.words).toBe("None of your decisions can be undone.");
  });
});

describe("saving all drawn slices", () => {
  it("lists them first, then saves each in one act", async () => {
    const saveLabel = vi.fn(async ({ basedOn, labelClass }: SaveLabel) =>
      label(basedOn + 1, { labelClass, areaPixels: 1 }),
    );
    const mask = async () => Uint8Array.of(1, 0, 0, 0, 0, 0);
    const opened = await openRoom({ server: { saveLabel, mask } });
    draw(opened, 0);
    await opened.goTo(2);
    draw(opened, 0);
    await settle();
    opened.press("S", { shiftKey: true });
    await settle();
    expect(opened.room.get().now.question).toEqual({
      kind: "save-all",
      slices: [
        { position: 1, stores: "tumor, mask 1 px" },
        { position: 3, stores: "tumor, mask 1 px" },
      ],
    });
    expect(saveLabel).not.toHaveBeenCalled();
    opened.room.run("save-all");
    await settle();
    const sent = saveLabel.mock.calls.map(([input]) => input);
    expect(sent.map(({ sliceId, act, readingMs }) => [sliceId, act, readingMs !== undefined])).toEqual([
      ["slice-1", "draw", false],
      ["slice-3", "draw", true],
    ]);
    expect(new Set(sent.map(({ batchId }) => batchId)).size).toBe(1);
    expect(sent[0]!.batchId).toEqual(expect.any(String));
    expect(opened.room.get().now.told).toMatchObject({
      words: "Slices 1, 3: drawings saved",
      takesBack: { verb: "Undo" },
    });
    expect(opened.room.drawings.unsaved()).toEqual([]);
  });
});

describe("what a drawn mask was made from", () => {
  const sources = async (run: (opened: Opened) => Promise<void>, onFile = true) => {
    const current = label(1, { areaPixels: 4, maskSha256: "m" });
    const opened = await openRoom({
      study: study({
        slices: [slice(1, { label: current }), slice(2, onFile ? { label: { ...current, id: "own" } } : {})],
      }),
      server: { mask: async () => Uint8Array.of(1, 1, 0, 0, 0, 0) },
      index: 1,
    });
    await settle();
    await run(opened);
    await settle();
    opened.press("s");
    await settle();
    return opened.server.saveLabel.mock.calls[0]![0].drawnFrom;
  };

  it("is the label it began on, also after strokes; nothing where it began empty", async () => {
    expect(await sources(async (opened) => void draw(opened, 3))).toEqual([
      { kind: "label", labelId: "own" },
    ]);
    expect(await sources(async (opened) => void draw(opened, 3), false)).toEqual([]);
  });

  it("is the model's proposal once that took its place, edited or not", async () => {
    const edited = await sources(async (opened) => {
      opened.room.run("accept-and-edit");
      await settle();
      draw(opened, 5);
    }, false);
    expect(edited).toEqual([{ kind: "proposal", modelId: "model" }]);
  });

  it("is the slice that it was copied from, and nothing after it was cleared", async () => {
    const copied = async (opened: Opened) => {
      opened.room.run("copy-before");
      await settle();
    };
    expect(await sources(copied, false)).toEqual([{ kind: "label", labelId: "label-1" }]);
    expect(
      await sources(async (opened) => {
        opened.room.run("clear-mask");
        draw(opened, 3);
      }),
    ).toEqual([]);
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
    expect(opened.room.get().now.edited?.words).toBe("Done again: interpolation on slice 2, 3, 4.");
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
