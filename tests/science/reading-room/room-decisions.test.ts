import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { draw, type Opened, openRoom, settle } from "./fake-ports";
import { label, slice, study } from "./fake-study";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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

describe("labelling a test patient's slice by the model", () => {
  it("asks, also where nothing is replaced: accuracy is measured against this label", async () => {
    const opened = await openRoom({ study: study({ keptForTesting: true }) });
    opened.press("y");
    await settle();
    const { question } = opened.room.get().now;
    if (question?.kind !== "test-patient") throw new Error("nothing was asked");
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
    opened.room.run("confirm-replacing", question.decision);
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(1);
  });

  it("is not asked about the reader's own decisions", async () => {
    const opened = await openRoom({ study: study({ keptForTesting: true }) });
    opened.press("x");
    await settle();
    expect(opened.room.get().now.question).toBeNull();
    expect(opened.server.saveLabel).toHaveBeenCalledTimes(1);
  });
});

describe("a key of a decision that stores nothing", () => {
  const told = (opened: Opened) => opened.room.get().now.edited?.words;

  it("says why: nothing is on file, nothing is drawn", async () => {
    const opened = await openRoom();
    opened.press("a");
    expect(told(opened)).toBe("Nothing was stored. Keep label: no label is on file.");
    opened.press("s");
    expect(told(opened)).toBe("Nothing was stored. Save drawing: nothing is drawn.");
    expect(opened.server.saveLabel).not.toHaveBeenCalled();
  });

  it("says so while the picture is not there yet", async () => {
    const opened = await openRoom();
    opened.room.core.put("now", { shown: new Map() });
    opened.press("x");
    expect(told(opened)).toBe("Nothing was stored: the picture is not there yet.");
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

  it("hide the strip of slices with O and show it again, which the browser remembers", async () => {
    const opened = await openRoom();
    opened.press("o");
    expect(opened.room.get().view.stripOpen).toBe(false);
    expect(opened.page.recall("sulcus.strip")).toBe("off");
    opened.press("o");
    expect(opened.room.get().view.stripOpen).toBe(true);
    expect(opened.page.recall("sulcus.strip")).toBe("on");
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
    expect(now.told?.words).toBe(
      "Slice 1 is as before: tumor, mask 4 px. Redo (Ctrl Y) brings your decision back",
    );

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
      expect.objectContaining({
        words: "Slice 1 is as before: tumor, mask 4 px. Redo (Ctrl Y) brings your decision back",
      }),
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

  it("says which slices an interpolation drew that were not on the screen since", async () => {
    const opened = await openRoom({ server: { mask: async () => Uint8Array.of(1, 0, 0, 0, 0, 0) } });
    const stored = async () => {
      opened.press("S", { shiftKey: true });
      await settle();
      const { question } = opened.room.get().now;
      opened.room.run("close-question");
      return question?.kind === "save-all" ? question.slices.map(({ stores }) => stores) : null;
    };
    draw(opened, 0);
    await opened.goTo(2);
    draw(opened, 0);
    await settle();
    opened.press("j");
    await settle();
    const drawn = "tumor, mask 1 px";
    expect(await stored()).toEqual([drawn, `${drawn} · ▲ interpolated, not looked at`, drawn]);
    await opened.goTo(1);
    opened.show();
    expect(await stored()).toEqual([drawn, drawn, drawn]);
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
