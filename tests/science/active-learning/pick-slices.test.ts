import { describe, expect, it } from "vitest";
import { type Candidate, evenCap, pickSlices, strategies } from "@/lib/science/active-learning/pick-slices";

const candidate = (
  patient: string,
  position: number,
  confidence = 0.9,
  headSpread = 0.1,
  studyKey = patient,
): Candidate => ({ patient, studyKey, position, confidence, headSpread });

const names = (slices: Candidate[]) => slices.map(({ patient, position }) => `${patient}${position}`);

/** Ana's slices are the doubtful ones; the heads disagree on Ben's. */
const candidates = [
  candidate("ana", 1, 0.51, 0.1),
  candidate("ana", 2, 0.52, 0.2),
  candidate("ana", 3, 0.53, 0.0),
  candidate("ben", 1, 0.8, 0.4),
  candidate("ben", 2, 0.6, 0.3),
  candidate("cleo", 1, 0.99, 0.25),
];

describe("picking the slices to label next", () => {
  it("takes the least confidence first by doubt", () => {
    expect(names(pickSlices("doubt", candidates, 4, null, 1))).toEqual(["ana1", "ana2", "ana3", "ben2"]);
  });

  it("takes the largest difference of the heads first by disagreement", () => {
    expect(names(pickSlices("disagreement", candidates, 4, null, 1))).toEqual([
      "ben1",
      "ben2",
      "cleo1",
      "ana2",
    ]);
  });

  it("passes over a patient who has had a share, and comes back when the others are done", () => {
    expect(names(pickSlices("doubt", candidates, 3, 1, 1))).toEqual(["ana1", "ben2", "cleo1"]);
    expect(names(pickSlices("doubt", candidates, 5, 1, 1))).toEqual([
      "ana1",
      "ben2",
      "cleo1",
      "ana2",
      "ben1",
    ]);
    expect(names(pickSlices("doubt", candidates, 4, 2, 1))).toEqual(["ana1", "ana2", "ben2", "ben1"]);
  });

  it("reads a study from its first slice to its last before it begins another", () => {
    const slices = ["ana", "ben", "cleo"].flatMap((patient) =>
      [10, 2, 1].map((position) => candidate(patient, position)),
    );
    for (let seed = 0; seed < 20; seed++) {
      const picked = names(pickSlices("study", slices, 9, null, seed));
      for (let first = 0; first < 9; first += 3) {
        const patient = picked[first]!.replace("1", "");
        expect(picked.slice(first, first + 3)).toEqual([`${patient}1`, `${patient}2`, `${patient}10`]);
      }
    }
  });

  it("goes on in the next batch with the study it has begun", () => {
    const slices = ["ana", "ben", "cleo"].flatMap((patient) =>
      [1, 2, 3].map((position) => candidate(patient, position)),
    );
    for (let seed = 0; seed < 20; seed++) {
      const whole = pickSlices("study", slices, 9, null, seed);
      const first = pickSlices("study", slices, 2, null, seed);
      const rest = slices.filter((slice) => !first.includes(slice));
      expect(pickSlices("study", rest, 7, null, seed)).toEqual(whole.slice(2));
    }
  });

  it("draws evenly: each of six slices is the first of three about half of the time", () => {
    const drawn = new Map(candidates.map((slice) => [slice, 0]));
    for (let seed = 0; seed < 1000; seed++)
      for (const slice of pickSlices("random", candidates, 3, null, seed))
        drawn.set(slice, drawn.get(slice)! + 1);
    // Four standard deviations of a binomial of 1000 and 0.5 are 63.
    for (const count of drawn.values()) expect(Math.abs(count - 500)).toBeLessThan(64);
  });

  it.each(strategies)("gives the same by %s whatever order the candidates come in", (strategy) => {
    const alike = candidates.map((slice) => ({ ...slice, confidence: 0.7, headSpread: 0.2 }));
    for (const cap of [null, 1]) {
      const picked = names(pickSlices(strategy, alike, 4, cap, 7));
      expect(names(pickSlices(strategy, [...alike].reverse(), 4, cap, 7))).toEqual(picked);
    }
    const seeds = Array.from({ length: 10 }, (_, seed) => names(pickSlices(strategy, alike, 4, null, seed)));
    expect(new Set(seeds.map(String)).size).toBeGreaterThan(1);
  });

  it("gives all where fewer are left than asked for, and none of none", () => {
    expect(pickSlices("random", candidates, 10, 1, 1)).toHaveLength(6);
    expect(pickSlices("doubt", [], 3, 1, 1)).toEqual([]);
  });
});

describe("an even share of a batch", () => {
  it("is the batch over the patients, rounded up, never below 1", () => {
    const patients = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ patient: String(index) }));
    expect(evenCap(24, patients(10))).toBe(3);
    expect(evenCap(24, patients(12))).toBe(2);
    expect(evenCap(3, patients(12))).toBe(1);
    expect(evenCap(3, [])).toBe(3);
  });
});
