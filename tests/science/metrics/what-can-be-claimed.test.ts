import { expect, test } from "vitest";
import { type TestedPatient, whatCanBeClaimed } from "@/lib/science/metrics/what-can-be-claimed";

const mixed = (
  count: number,
  site: (index: number) => string = (index) => (index % 2 ? "CS" : "DU"),
): TestedPatient[] => Array.from({ length: count }, (_, index) => ({ site: site(index), tumorShare: 0.4 }));
const said = (each: TestedPatient[]) => whatCanBeClaimed(each.length, each);
const codes = (each: TestedPatient[]) => said(each).map(({ code }) => code);

test("the size of a test says what can be claimed: 0, 1, 2 to 4, 5 to 9, from 10 on", () => {
  const sayings = [0, 1, 2, 3, 4, 5, 9, 10, 11].map((patients) => whatCanBeClaimed(patients));
  expect(sayings).toEqual([
    [{ code: "no-test-patient" }],
    [{ code: "one-test-patient" }],
    ...[2, 3, 4].map((patients) => [{ code: "few-test-patients", patients }]),
    ...[5, 9].map((patients) => [{ code: "some-test-patients", patients }]),
    [],
    [],
  ]);
});

test("a test on one site claims nothing of others; without a known site it says nothing of sites", () => {
  expect(codes(mixed(12))).not.toContain("one-test-site");
  expect(said(mixed(12, () => "CS"))).toContainEqual({ code: "one-test-site", site: "CS" });
  expect(codes(mixed(12, () => ""))).not.toContain("one-test-site");
});

test("a test without tumor-free slices, or without tumor, says which figures fall away", () => {
  const all = (tumorShare: number) => codes(mixed(12).map((patient) => ({ ...patient, tumorShare })));
  expect(all(1)).toEqual(["tumor-alone-to-test-on"]);
  expect(all(0)).toEqual(["no-tumor-to-test-on"]);
  expect(all(0.5)).toEqual(["tumor-in-every-test-patient"]);
});

test("patients of one class have no AUC of their own; one without tumor ends the words on ill and healthy", () => {
  const [first, second, ...others] = mixed(12);
  const ofOneClass = (oneClass: number) => ({ code: "test-patients-of-one-class", oneClass, patients: 12 });
  expect(said([{ ...first!, tumorShare: 0 }, second!, ...others])).toEqual([ofOneClass(1)]);
  expect(said([{ ...first!, tumorShare: 1 }, { ...second!, tumorShare: 0 }, ...others])).toEqual([
    ofOneClass(2),
  ]);
});
