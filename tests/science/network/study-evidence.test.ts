import { describe, expect, it } from "vitest";
import { evidenceNames, type SliceOutput, studyEvidence } from "@/lib/science/network/study-evidence";

const whole = { hasGap: true, hasMask: true };
/** A slice whose mask has `cells` cells at `logit` and the others at -10. */
const slice = (position: number, cells: number, logit = 4, headMargin = position): SliceOutput => ({
  position,
  headMargin,
  gapLogit: 2 * position,
  maskLogits: new Float32Array(4096).fill(-10).fill(logit, 0, cells),
});
const rowsOf = (slices: SliceOutput[], has = whole) => {
  const names = evidenceNames(has);
  const evidence = studyEvidence(slices);
  expect(evidence).toHaveLength(slices.length * names.length);
  return slices.map((_, row) =>
    Object.fromEntries(names.map((name, column) => [name, evidence[row * names.length + column]!])),
  );
};
const expected = (cells: number, logit = 4) =>
  Math.log(cells / (1 + Math.exp(-logit)) + (4096 - cells) / (1 + Math.exp(10)) + 1e-3);

describe("a study's evidence", () => {
  it("of a slice is what head, base and mask say of it", () => {
    const [row] = rowsOf([slice(5, 30)]);
    expect(row).toMatchObject({ head: 5, gap: 10, "mask-largest": 4 });
    expect(row!["mask-top"]).toBeCloseTo(4, 9);
    expect(row!["mask-area"]).toBeCloseTo(Math.log(31), 12);
    expect(row!["mask-sure-area"]).toBeCloseTo(Math.log(31), 12);
    expect(row!["mask-expected-area"]).toBeCloseTo(expected(30), 9);
    const [few] = rowsOf([slice(1, 10)]);
    expect(few!["mask-top"]).toBeCloseTo((10 * 4 + 10 * -10) / 20, 9);
  });

  it("of a study of one slice is its own neighbour", () => {
    const [row] = rowsOf([slice(5, 30)]);
    expect(row!["study-largest"]).toBe(row!["mask-largest"]);
    for (const distance of [1, 2, 3])
      for (const side of ["larger", "smaller"])
        expect(row![`${side}-expected-area-at-${distance}`]).toBe(row!["mask-expected-area"]);
  });

  it("takes the larger and the smaller of both sides, one side for both at an end, the nearer where both are missing", () => {
    // Position 4 is missing: a gap stays a gap.
    const [first, second, third, fifth] = rowsOf([slice(1, 40), slice(2, 10), slice(3, 20), slice(5, 80)]);
    expect(second!["larger-expected-area-at-1"]).toBeCloseTo(expected(40), 9);
    expect(second!["smaller-expected-area-at-1"]).toBeCloseTo(expected(20), 9);
    expect(first!["larger-expected-area-at-1"]).toBeCloseTo(expected(10), 9);
    expect(first!["smaller-expected-area-at-1"]).toBeCloseTo(expected(10), 9);
    expect(second!["larger-expected-area-at-3"]).toBeCloseTo(expected(80), 9);
    expect(fifth!["larger-expected-area-at-1"]).toBeCloseTo(expected(80), 9);
    expect(third!["larger-expected-area-at-2"]).toBeCloseTo(expected(80), 9);
    expect(third!["smaller-expected-area-at-2"]).toBeCloseTo(expected(40), 9);
    expect(third!["larger-expected-area-at-3"]).toBe(third!["larger-expected-area-at-2"]);
  });

  it("smooths the mask's logits along the study, 4, 3, 2, 1", () => {
    const [, middle] = rowsOf([slice(1, 20, 6), slice(2, 20, 1), slice(4, 20, 8)]);
    expect(middle!["study-largest"]).toBeCloseTo((4 * 1 + 3 * 6 + 2 * 8) / 9, 6);
  });

  it("has no column for what a base does not give; the heads' margins then stand for the neighbours", () => {
    const bare = [1, 2, 3].map((position) => ({
      position,
      headMargin: position ** 2,
      gapLogit: null,
      maskLogits: null,
    }));
    const has = { hasGap: false, hasMask: false };
    const [, middle] = rowsOf(bare, has);
    expect(middle).toMatchObject({
      head: 4,
      "larger-head-at-1": 9,
      "smaller-head-at-1": 1,
      "larger-head-at-3": 9,
    });
  });

  it("does not depend on the order of the slices, and refuses two at one place", () => {
    const study = [slice(1, 40), slice(2, 10), slice(3, 20)];
    expect(rowsOf(study.toReversed()).toReversed()).toEqual(rowsOf(study));
    expect(() => studyEvidence([slice(1, 2), slice(1, 3)])).toThrow("share a position");
  });
});
