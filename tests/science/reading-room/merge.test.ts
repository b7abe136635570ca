import { describe, expect, it } from "vitest";
import { merge } from "@/app/(workspace)/reading-room/room/merge";
import type { SliceView, StudyView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { label, slice, study } from "./fake-study";

const withFirst = (part: Partial<SliceView>, of: StudyView = study()): StudyView => ({
  ...of,
  slices: of.slices.map((one, at) =>
    at === 0 ? { ...one, labelVersion: part.label?.version ?? one.labelVersion, ...part } : one,
  ),
});
const first = ({ slices }: StudyView) => slices[0]!;

describe("what the server tells of a slice", () => {
  const flags = ["LOW_CONFIDENCE"] as SliceView["flags"];
  const cases: {
    name: string;
    known: Partial<SliceView>;
    told: Partial<SliceView>;
    label: number | null;
    flags: number;
  }[] = [
    { name: "a first label", known: {}, told: { label: label(1) }, label: 1, flags: 0 },
    {
      name: "a newer label",
      known: { label: label(1) },
      told: { label: label(2), flags },
      label: 2,
      flags: 1,
    },
    {
      name: "an older label than the one known: it stays, with its flags",
      known: { label: label(3), flags: [] },
      told: { label: label(2), flags },
      label: 3,
      flags: 0,
    },
    {
      name: "no label yet where one is known",
      known: { label: label(1) },
      told: { label: null, flags },
      label: 1,
      flags: 0,
    },
    {
      name: "the same label with other flags",
      known: { label: label(2), flags: [] },
      told: { label: label(2), flags },
      label: 2,
      flags: 1,
    },
  ];
  it.each(cases)("$name", ({ known, told, label: version, flags: count }) => {
    const merged = merge(withFirst(known), { source: "server", study: withFirst(told) });
    expect(first(merged).label?.version ?? null).toBe(version);
    expect(first(merged).flags).toHaveLength(count);
  });

  it("takes a newer prediction also where the label is newer here", () => {
    const prediction = { modelId: "new" } as NonNullable<SliceView["prediction"]>;
    const merged = merge(withFirst({ label: label(3), flags: [] }), {
      source: "server",
      study: withFirst({ label: label(2), flags, prediction }),
    });
    expect(first(merged)).toMatchObject({ label: { version: 3 }, flags: [], prediction: { modelId: "new" } });
  });

  it("changes nothing where it tells nothing new: the study stays the same object", () => {
    const known = withFirst({ label: label(2) });
    expect(merge(known, { source: "server", study: structuredClone(known) })).toBe(known);
    const merged = merge(known, { source: "server", study: withFirst({ flags }, structuredClone(known)) });
    expect(merged).not.toBe(known);
    expect(merged.slices[1]).toBe(known.slices[1]);
    expect(first(merged).label).toBe(first(known).label);
  });

  it("leaves the slices those that the study was opened with", () => {
    const grown = { ...study(), slices: [...study().slices, slice(9)], nextStudy: null };
    const merged = merge(study(), { source: "server", study: grown });
    expect(merged.slices.map(({ id }) => id)).toEqual(study().slices.map(({ id }) => id));
    const shrunk = { ...study(), slices: study().slices.slice(1) };
    expect(merge(study(), { source: "server", study: shrunk }).slices).toHaveLength(study().slices.length);
  });
});

describe("a label that this reader saved or learned of", () => {
  const news = (one: LabelView) => ({
    source: "reader" as const,
    sliceId: study().slices[0]!.id,
    label: one,
  });

  it("is the slice's where it is newer, and ends its flags", () => {
    const merged = merge(withFirst({ label: label(1), flags: ["LOW_CONFIDENCE"] }), news(label(2)));
    expect(first(merged)).toMatchObject({ label: { version: 2 }, flags: [] });
  });

  it("changes nothing where it is not newer", () => {
    const known = withFirst({ label: label(2), flags: ["LOW_CONFIDENCE"] });
    expect(merge(known, news(label(1)))).toBe(known);
    expect(merge(known, news(label(2)))).toBe(known);
  });

  it("is none where it took the slice's label back, and an older answer does not bring that again", () => {
    const withdrawn = label(3, { labelClass: "WITHDRAWN", act: "UNDONE" });
    const merged = merge(withFirst({ label: label(2), labelVersion: 2 }), news(withdrawn));
    expect(first(merged)).toMatchObject({ label: null, labelVersion: 3 });
    const stale = { source: "server" as const, study: withFirst({ label: label(2), labelVersion: 2 }) };
    expect(first(merge(merged, stale))).toMatchObject({ label: null, labelVersion: 3 });
  });
});
