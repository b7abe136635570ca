import { describe, expect, it } from "vitest";
import {
  gapToInterpolate,
  interpolationWords,
  masksBetween,
} from "@/app/(workspace)/reading-room/room/drawing/edits";
import type { LabelView } from "@/lib/records/label-view";

const label = (over: Partial<LabelView> = {}) =>
  ({ maskSha256: "m", areaPixels: 9, source: "HUMAN", ...over }) as LabelView;
/** One letter a slice: `h`uman mask, `i`mported mask, `e`mpty mask, `d`rawn, `.` nothing. */
const study = (letters: string) =>
  [...letters].map((letter, index) => ({
    id: `${letter}${index}`,
    position: index + 1,
    label:
      letter === "h"
        ? label()
        : letter === "i"
          ? label({ source: "IMPORTED" })
          : letter === "e"
            ? label({ areaPixels: 0 })
            : null,
  }));
const gap = (letters: string, index: number) => {
  const found = gapToInterpolate(study(letters), index, (id) => id.startsWith("d"));
  return found && [found.below, found.above, ...found.between];
};

describe("the gap to interpolate", () => {
  it("lies around a slice without a drawing", () => {
    expect(gap("h...d", 2)).toEqual([0, 4, 1, 2, 3]);
    expect(gap("d.h.d", 1)).toEqual([0, 2, 1]);
  });

  it("lies beside a slice with a drawing, the smaller one first", () => {
    expect(gap("h...d.h", 4)).toEqual([4, 6, 5]);
    expect(gap("h.d...h", 2)).toEqual([0, 2, 1]);
    expect(gap("d..h", 0)).toEqual([0, 3, 1, 2]);
    expect(gap("d..h", 3)).toEqual([0, 3, 1, 2]);
    expect(gap("hd..h", 1)).toEqual([1, 4, 2, 3]);
  });

  it("goes over imported masks, and ends at them only where people's leave none", () => {
    expect(gap("h.i.d", 1)).toEqual([0, 4, 1, 2, 3]);
    expect(gap("i..h", 1)).toEqual([0, 3, 1, 2]);
  });

  it("is not there beyond the last drawing, between neighbours, or to an empty mask", () => {
    expect(gap("..h", 0)).toBeNull();
    expect(gap("h..", 2)).toBeNull();
    expect(gap("hd", 0)).toBeNull();
    expect(gap("h..e", 1)).toBeNull();
    expect(gap(".", 0)).toBeNull();
    expect(gap("d", 0)).toBeNull();
  });
});

describe("masks between", () => {
  const grid = { rows: 1, columns: 9 };
  const columns = (first: number, last: number) =>
    Uint8Array.from({ length: 9 }, (_, at) => (at >= first && at <= last ? 1 : 0));

  it("grow from one end to the other as slices are spaced", () => {
    // Spans of 1 and 5 columns around the middle in one row: where a row ends, all beyond is background, so heights of 1.
    const slices = [1, 2, 5].map((position) => ({ position }));
    const [nearer] = masksBetween(
      slices,
      { below: 0, above: 2, between: [1] },
      columns(4, 4),
      columns(2, 6),
      grid,
      1,
    );
    // A quarter of the way: 0.75 x -1 + 0.25 x 1 < 0 beside the middle.
    expect([...nearer!]).toEqual([...columns(4, 4)]);
    const closer = [1, 4, 5].map((position) => ({ position }));
    const [wider] = masksBetween(
      closer,
      { below: 0, above: 2, between: [1] },
      columns(4, 4),
      columns(2, 6),
      grid,
      1,
    );
    // Three quarters: 0.25 x -1 + 0.75 x 1 > 0 beside it, 0.25 x -2 + 0.75 x 1 > 0 at the rim.
    expect([...wider!]).toEqual([...columns(2, 6)]);
  });

  it("can be empty where the ends lie far apart, and that is said", () => {
    const slices = [1, 2, 3].map((position) => ({ position }));
    const [none] = masksBetween(
      slices,
      { below: 0, above: 2, between: [1] },
      columns(0, 0),
      columns(8, 8),
      grid,
      1,
    );
    expect(none!.includes(1)).toBe(false);
    expect(interpolationWords("between slices 1 and 3", 1, [])).toBe(
      "Nothing drawn between slices 1 and 3: the two masks lie too far apart for a shape in between.",
    );
    expect(interpolationWords("between slices 1 and 5", 1, [2, 4])).toBe(
      "Drawn between slices 1 and 5: slices 2, 4. 1 left as it was: the two masks lie too far apart for a shape in between. Look at each, then Shift S saves all; Ctrl Z undoes the interpolation.",
    );
    expect(interpolationWords("between slices 1 and 3", 0, [])).toBe(
      "The slices between slices 1 and 3 have these masks already.",
    );
  });
});
