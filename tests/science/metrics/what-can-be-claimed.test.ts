import { expect, test } from "vitest";
import { type TestedPatient, whatCanBeClaimed } from "@/lib/science/metrics/what-can-be-claimed";

const mixed = (
  count: number,
  site: (index: number) => string = (index) => (index % 2 ? "CS" : "DU"),
): TestedPatient[] => Array.from({ length: count }, (_, index) => ({ site: site(index), tumorShare: 0.4 }));
const said = (each: TestedPatient[]) => whatCanBeClaimed(each.length, each).join(" ");

test("the size of a test says what can be claimed: 0, 1, 2 to 4, 5 to 9, from 10 on", () => {
  const sayings = [0, 1, 2, 3, 4, 5, 9, 10, 11].map((patients) => whatCanBeClaimed(patients));
  expect(sayings.map((notes) => notes.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
  const text = sayings.map((notes) => notes.join(" "));
  expect(text[0]).toContain("no figure of accuracy can be claimed");
  expect(text[1]).toContain("only 1 patient:");
  expect(text[1]).toContain("Nothing can be claimed of other patients");
  for (const [index, patients] of [2, 3, 4].entries()) {
    expect(text[2 + index]).toContain(`only ${patients} patients:`);
    expect(text[2 + index]).toContain("A gross failure would show");
  }
  expect(text[5]).toContain("5 patients: its intervals are wide");
  expect(text[6]).toContain("9 patients: its intervals are wide");
});

test("a test on one site claims nothing of others; without a known site it says nothing of sites", () => {
  expect(said(mixed(12))).not.toContain("site");
  expect(said(mixed(12, () => "CS"))).toContain("one site (CS): nothing can be claimed of other sites");
  expect(said(mixed(12, () => ""))).not.toContain("site");
});

test("a test without tumor-free slices, or without tumor, says which figures fall away", () => {
  const all = (tumorShare: number) => said(mixed(12).map((patient) => ({ ...patient, tumorShare })));
  expect(all(1)).toContain("specificity and AUC cannot be claimed; sensitivity can");
  expect(all(0)).toContain("sensitivity, precision, F1 and AUC cannot be claimed; specificity can");
  expect(all(0.5)).toContain("not of telling ill from healthy");
});

test("patients of one class have no AUC of their own; one without tumor ends the words on ill and healthy", () => {
  const [first, second, ...others] = mixed(12);
  const withHealthy = said([{ ...first!, tumorShare: 0 }, second!, ...others]);
  expect(withHealthy).toContain("1 of 12 test patients has slices of one class");
  expect(withHealthy).not.toContain("ill from healthy");
  const both = said([{ ...first!, tumorShare: 1 }, { ...second!, tumorShare: 0 }, ...others]);
  expect(both).toContain("2 of 12 test patients have slices of one class");
});
