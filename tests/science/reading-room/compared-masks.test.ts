import { describe, expect, it } from "vitest";
import {
  compareOnSlice,
  maskOfLabel,
  newestPair,
  pairWith,
} from "@/app/(workspace)/reading-room/room/compared-masks";
import type { LabelView } from "@/lib/records/label-view";

function version(number: number): LabelView {
  return {
    id: `l${number}`,
    version: number,
    labelClass: "TUMOR",
    source: "HUMAN",
    act: null,
    maskOrigin: null,
    areaPixels: 3,
    maskSha256: number > 1 ? "m" : null,
    authorName: "A. Reader",
    modelNumber: null,
    reason: null,
    note: null,
    restoredVersion: null,
    undoneByName: null,
    createdAt: new Date(0),
  };
}

describe("compared versions", () => {
  const [v3, v2, v1] = [version(3), version(2), version(1)];

  it("are the two newest at first, and none where there are not two", () => {
    expect(newestPair([v3, v2, v1])).toEqual({ from: v2, to: v3 });
    expect(newestPair([v1])).toBeNull();
  });

  it("change one at a time, and swap where one takes the other's place", () => {
    expect(pairWith({ from: v2, to: v3 }, "from", v1)).toEqual({ from: v1, to: v3 });
    expect(pairWith({ from: v2, to: v3 }, "to", v2)).toEqual({ from: v3, to: v2 });
    expect(pairWith({ from: v2, to: v3 }, "from", v2)).toEqual({ from: v2, to: v3 });
  });

  it("have an empty mask where they have none", () => {
    expect(maskOfLabel(v1)).toEqual({ labelId: null });
    expect(maskOfLabel(v2)).toEqual({ labelId: "l2" });
  });

  it("share the later mask's pixels that were not added", () => {
    const slice = { id: "s", rows: 2, columns: 3, rowSpacingMm: null, columnSpacingMm: null };
    const made = compareOnSlice(slice, Uint8Array.of(1, 1, 0, 0, 0, 0), Uint8Array.of(0, 1, 1, 1, 0, 0));
    expect(made).toMatchObject({ sliceId: "s", addedPixels: 2, removedPixels: 1, sharedPixels: 1 });
    expect([...made.shared]).toEqual([0, 1, 0, 0, 0, 0]);
  });
});
