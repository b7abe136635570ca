import { expect, test } from "vitest";
import { type PatientToSplit, type Role, splitByPatient } from "@/lib/science/training/split-by-patient";

function patient(name: string, changes: Partial<PatientToSplit> = {}): PatientToSplit {
  return {
    key: name,
    hashedKey: `hash of ${name}`,
    tumorShare: 0.35,
    site: "",
    seenByAncestor: false,
    ...changes,
  };
}

const several = (name: string, count: number, changes: Partial<PatientToSplit> = {}) =>
  Array.from({ length: count }, (_, index) => patient(`${name}${index}`, changes));

function countRoles(patients: PatientToSplit[], seed = 1) {
  const { roles, notes } = splitByPatient(patients, seed);
  const counts = { train: 0, validation: 0, test: 0, "left-out": 0 };
  for (const role of roles.values()) counts[role]++;
  return { ...counts, notes };
}

test("unseen patients get roles by the targets, seen ones train", () => {
  const counts = countRoles([...several("seen", 20, { seenByAncestor: true }), ...several("new", 28)]);
  expect(counts).toMatchObject({ train: 32, validation: 6, test: 10, "left-out": 0 });
});

test("no patient that an ancestor has seen is ever tested, whatever it was before", () => {
  for (const assigned of [undefined, "train", "validation", "test"] as const) {
    const patients = [...several("seen", 9, { seenByAncestor: true, assigned }), ...several("new", 9)];
    const { roles } = splitByPatient(patients, 3);
    for (const { key, seenByAncestor } of patients)
      if (seenByAncestor) expect(roles.get(key)).not.toBe("test");
  }
});

test("a test patient that an ancestor has seen since is left out, and that is said", () => {
  const { roles, notes } = splitByPatient(
    [patient("old", { assigned: "test", seenByAncestor: true }), ...several("new", 12)],
    1,
  );
  expect(roles.get("old")).toBe("left-out");
  expect(notes).toContainEqual({ code: "left-out", patients: 1 });
});

test("roles stay as data grow, and newcomers bring the targets nearer", () => {
  let patients = several("first", 4);
  const before = new Map<string, Role>();
  for (const wave of ["second", "third", "fourth"]) {
    const { roles } = splitByPatient(patients, 1);
    for (const [key, role] of before) expect(roles.get(key)).toBe(role);
    patients = patients.map((one) => ({ ...one, assigned: roles.get(one.key) as Role }));
    for (const { key, assigned } of patients) before.set(key, assigned!);
    patients = [...patients, ...several(wave, 7)];
  }
  const counts = countRoles(patients);
  expect(counts).toMatchObject({ train: 11, validation: 5, test: 9 });
});

test("few unseen patients beside seen ones: test first, then validation, then training", () => {
  const seen = several("seen", 10, { seenByAncestor: true });
  expect(countRoles([...seen, ...several("new", 1)])).toMatchObject({ train: 8, validation: 2, test: 1 });
  expect(countRoles([...seen, ...several("new", 2)])).toMatchObject({ train: 10, validation: 1, test: 1 });
  expect(countRoles([...seen, ...several("new", 3)])).toMatchObject({ train: 11, validation: 1, test: 1 });
  expect(countRoles([...seen, ...several("new", 5)])).toMatchObject({ train: 12, validation: 1, test: 2 });
});

test("few patients and none seen: fitting comes before testing", () => {
  expect(countRoles(several("new", 1))).toMatchObject({ train: 1, validation: 0, test: 0 });
  expect(countRoles(several("new", 2))).toMatchObject({ train: 1, validation: 1, test: 0 });
  expect(countRoles(several("new", 3))).toMatchObject({ train: 1, validation: 1, test: 1 });
  expect(countRoles(several("new", 5))).toMatchObject({ train: 2, validation: 1, test: 2 });
  expect(countRoles(several("new", 12))).toMatchObject({ train: 5, validation: 3, test: 4 });
});

test("only seen patients: some validate, nothing is tested, and both are said", () => {
  const counts = countRoles(several("seen", 10, { seenByAncestor: true }));
  expect(counts).toMatchObject({ train: 8, validation: 2, test: 0 });
  expect(counts.notes).toEqual([
    { code: "split", train: 8, trainSeen: 8, validation: 2, test: 0 },
    { code: "no-test-patient" },
    { code: "validation-seen", patients: 2 },
  ]);
  const two = countRoles(several("seen", 2, { seenByAncestor: true }));
  expect(two).toMatchObject({ train: 1, validation: 1 });
});

test("the notes say when a head cannot be fitted and when the test is too small", () => {
  expect(countRoles([]).notes).toContainEqual({ code: "nobody-to-train-on" });
  expect(countRoles(several("new", 1)).notes).toContainEqual({ code: "nobody-for-validation" });
  expect(countRoles(several("new", 5)).notes).toContainEqual({ code: "few-test-patients", patients: 2 });
  expect(countRoles(several("new", 40)).notes.map(({ code }) => code)).not.toContain("few-test-patients");
});

test("each role gets its share of patients with little, some and much tumor, and of each site", () => {
  const patients = Array.from({ length: 60 }, (_, index) =>
    patient(`p${index}`, { tumorShare: ((index * 37) % 60) / 60, site: index % 2 ? "CS" : "DU" }),
  );
  for (const seed of [1, 2, 3]) {
    const { roles } = splitByPatient(patients, seed);
    const test = patients.filter(({ key }) => roles.get(key) === "test");
    expect(test).toHaveLength(21);
    for (const tertile of [0, 1, 2]) {
      const share = test.filter(({ tumorShare }) => Math.floor(tumorShare * 3) === tertile).length;
      expect(share).toBeGreaterThanOrEqual(6);
      expect(share).toBeLessThanOrEqual(8);
    }
    const ofOneSite = test.filter(({ site }) => site === "CS").length;
    expect(Math.abs(ofOneSite - 10.5)).toBeLessThanOrEqual(2.5);
  }
});

test("the split follows from patients and seed, not from the order of the input", () => {
  const patients = several("p", 25);
  const sorted = (list: PatientToSplit[], seed: number) => [...splitByPatient(list, seed).roles].sort();
  expect(sorted([...patients].reverse(), 5)).toEqual(sorted(patients, 5));
  expect(sorted(patients, 6)).not.toEqual(sorted(patients, 5));
});
