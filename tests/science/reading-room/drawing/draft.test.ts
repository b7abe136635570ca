import { describe, expect, it } from "vitest";
import {
  beginDraft,
  type Draft,
  laterOf,
  maskOfDraft,
  steppedBy,
  strokeToRedo,
  strokeToUndo,
  withStroke,
} from "@/app/(workspace)/reading-room/room/drawing/draft";
import { withinLimits } from "@/app/(workspace)/reading-room/room/drawing/merge-strokes";
import { mostStrokeCharacters, mostStrokes, SaveDraft } from "@/lib/features/labels/schema";

const limits = { mostStrokes, mostStrokeCharacters };
const begin = () => beginDraft({ id: "d", sliceId: "s", studyId: "y", basedOn: 2, baseLabelId: null }, 10);
/** Flips one pixel. */
const flips = (pixel: number) => ({ tool: "brush" as const, change: Uint8Array.of(pixel, 1) });
const empty = new Uint8Array(4);

describe("a draft", () => {
  it("raises its revision with each stroke, undo and redo, and never changes in place", () => {
    const none = begin();
    const one = withStroke(none, flips(0), 20);
    const two = withStroke(one, flips(2), 30);
    const undone = steppedBy(two, -1, 40);
    expect([none, one, two, undone].map(({ revision, done }) => [revision, done])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
    expect([none.strokes.length, one.strokes.length, undone.changedAt]).toEqual([0, 1, 40]);
    expect([...maskOfDraft(two, empty)]).toEqual([1, 0, 1, 0]);
    expect([...maskOfDraft(undone, empty)]).toEqual([1, 0, 0, 0]);
    expect([...empty]).toEqual([0, 0, 0, 0]);
    expect([...maskOfDraft(steppedBy(undone, 1, 50), empty)]).toEqual([1, 0, 1, 0]);
  });

  it("loses what was undone with the next stroke", () => {
    const undone = steppedBy(withStroke(withStroke(begin(), flips(0), 1), flips(1), 2), -1, 3);
    expect(strokeToRedo(undone)).toEqual(flips(1));
    const other = withStroke(undone, flips(3), 4);
    expect(strokeToRedo(other)).toBeNull();
    expect(strokeToUndo(other)).toEqual(flips(3));
    expect([...maskOfDraft(other, empty)]).toEqual([1, 0, 0, 1]);
  });

  it("has nothing to undo before its first stroke and nothing to redo after its last", () => {
    expect(strokeToUndo(begin())).toBeNull();
    expect(() => steppedBy(begin(), -1, 1)).toThrow(RangeError);
    expect(() => steppedBy(withStroke(begin(), flips(0), 1), 1, 1)).toThrow(RangeError);
  });

  it("refuses a stroke that leaves the mask", () => {
    expect(() => maskOfDraft(withStroke(begin(), flips(4), 1), empty)).toThrow(RangeError);
  });

  it("is taken from the copy with the higher revision, from the first of equal ones", () => {
    const [older, newer] = [begin(), withStroke(begin(), flips(0), 1)];
    expect(laterOf(older, newer)).toBe(newer);
    expect(laterOf(newer, older)).toBe(newer);
    const copy = { ...newer };
    expect(laterOf(copy, newer)).toBe(copy);
  });
});

describe("a draft that grows too large", () => {
  const fitsServer = ({ strokes, done }: Draft) =>
    SaveDraft.safeParse({
      sliceId: "11111111-1111-4111-8111-111111111111",
      id: "22222222-2222-4222-8222-222222222222",
      basedOn: 0,
      baseLabelId: null,
      revision: 1,
      done,
      strokes: strokes.map(({ tool }) => ({ tool, change: "AAEB" })),
    }).success;

  it("knows the server's own limits", () => {
    expect(mostStrokeCharacters).toBe(8_000_000);
    const strokes = Array.from({ length: mostStrokes }, () => flips(0));
    expect(fitsServer({ ...begin(), strokes, done: strokes.length })).toBe(true);
    expect(fitsServer({ ...begin(), strokes: [...strokes, flips(0)], done: 0 })).toBe(false);
  });

  it("has its older half of 2,001 strokes merged into one, with the same mask", () => {
    const strokes = Array.from({ length: 2_001 }, (_, at) => flips(at % 7));
    const draft = { ...begin(), revision: 2_001, strokes, done: 2_001 };
    const merged = withinLimits(draft, 8, limits);
    // 1,001 strokes became one; 1,000 stand as they were.
    expect([merged.strokes.length, merged.done, merged.revision]).toEqual([1_001, 1_001, 2_001]);
    expect(merged.strokes.slice(1)).toEqual(strokes.slice(1_001));
    expect(maskOfDraft(merged, new Uint8Array(8))).toEqual(maskOfDraft(draft, new Uint8Array(8)));
    expect(withinLimits(merged, 8, limits)).toBe(merged);
  });

  it("has strokes of more than 8 MB merged until they fit", () => {
    // Every second pixel of 500,000: 500,000 bytes, 666,668 characters. Twelve are 8.0 MB and 16 too many.
    const pixels = 500_000;
    const large = { tool: "flood" as const, change: new Uint8Array(pixels).fill(1) };
    const twelve = { ...begin(), strokes: Array.from({ length: 12 }, () => large), done: 12 };
    expect(twelve.strokes.length * 666_668).toBe(mostStrokeCharacters + 16);
    const merged = withinLimits(twelve, pixels, limits);
    // Six cancel each other out.
    expect(merged.strokes.map(({ change }) => change.length)).toEqual([0, ...Array(6).fill(pixels)]);
    expect(merged.done).toBe(7);
  });
});
