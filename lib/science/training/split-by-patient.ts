import { type Claim, whatCanBeClaimed } from "../metrics/what-can-be-claimed";
import { seededRandom, seedOf } from "./random";

export type Role = "train" | "validation" | "test";

/** Shares of the patients that no ancestor has seen. Seen patients train and count in none of them. */
export const SPLIT_TARGETS: Record<Role, number> = { test: 0.35, validation: 0.2, train: 0.45 };

export interface PatientToSplit {
  key: string;
  /** Decides, with the seed, in which order patients get a role. */
  hashedKey: string;
  /** Share of the patient's slices that hold tumor, 0 to 1. */
  tumorShare: number;
  /** Contributing site; empty where unknown. */
  site: string;
  /** Whether the base or another ancestor of the model to be fitted was fitted on this patient. */
  seenByAncestor: boolean;
  /** The role of an earlier split. */
  assigned?: Role;
}

/** What a split can and cannot show. Counts are patients. */
export type SplitNote =
  /** `trainSeen`: of those to train on, how many an ancestor has seen. */
  | { code: "split"; train: number; trainSeen: number; validation: number; test: number }
  | { code: "left-out"; patients: number }
  | Claim
  | { code: "validation-seen"; patients: number }
  | { code: "nobody-to-train-on" }
  | { code: "nobody-for-validation" };

export interface PatientSplit {
  /** Role by patient key; `left-out` patients belong to no set of this run. */
  roles: Map<string, Role | "left-out">;
  /** What this split can and cannot show. */
  notes: SplitNote[];
}

/**
 * Gives every patient, with all slices, one role.
 *
 * - An assigned patient keeps the role, so that a test patient stays one while the data grow. The exception is a
 *   test patient that an ancestor has seen since: it is left out.
 * - A seen patient trains. Only where no other patient is left for validation do some seen ones validate.
 * - Unseen patients get roles so that each role comes as close as possible to {@link SPLIT_TARGETS} of all unseen
 *   ones, stratified by tertile of tumor share and site, those who have a role already included. When they are scarce
 *   the first is for the test, the second for validation; without a patient to train on, the first trains and the
 *   third is for the test.
 *
 * The same patients and seed (unsigned 32-bit) give the same split, whatever the order of the input.
 * @example
 * const patients = Array.from({ length: 28 }, (_, n) => ({ key: `${n}`, hashedKey: `${n}`, tumorShare: n / 28, site: "", seenByAncestor: false }));
 * const roles = [...splitByPatient(patients, 1).roles.values()];
 * ["test", "validation", "train"].map((role) => roles.filter((one) => one === role).length) // [10, 6, 12]
 */
export function splitByPatient(patients: readonly PatientToSplit[], seed: number): PatientSplit {
  const roles: PatientSplit["roles"] = new Map();
  const unassigned: PatientToSplit[] = [];
  for (const patient of patients) {
    if (patient.seenByAncestor && patient.assigned === "test") roles.set(patient.key, "left-out");
    else if (patient.assigned) roles.set(patient.key, patient.assigned);
    else if (patient.seenByAncestor) roles.set(patient.key, "train");
    else unassigned.push(patient);
  }

  const drawn = inDrawnOrder(unassigned, seed);
  const settled = patients.filter(({ key, seenByAncestor }) => roles.has(key) && !seenByAncestor);
  if (settled.length > 0) balance(drawn, inDrawnOrder(settled, seed), roles);
  else {
    const slots = interleave(freeSlots(patients, roles, drawn.length));
    for (const [index, { key }] of stratify(drawn).entries()) roles.set(key, slots[index]!);
  }

  if (count(roles, "validation") === 0) validateOnSeen(patients, roles, seed);
  return { roles, notes: describe(patients, roles) };
}

/** How many of `free` patients each role gets, given who has a role already. */
function freeSlots(
  patients: readonly PatientToSplit[],
  roles: PatientSplit["roles"],
  free: number,
): Record<Role, number> {
  const slots: Record<Role, number> = { test: 0, validation: 0, train: 0 };
  const unseen = { test: 0, validation: 0, train: 0 };
  for (const { key, seenByAncestor } of patients) {
    const role = roles.get(key);
    if (role && role !== "left-out" && !seenByAncestor) unseen[role]++;
  }
  const total = unseen.test + unseen.validation + unseen.train + free;
  const deficit = (role: Role) => SPLIT_TARGETS[role] * total - unseen[role] - slots[role];

  const taken = countRoles(roles);
  const byNeed: Role[] = taken.train > 0 ? ["test", "validation", "train"] : ["train", "validation", "test"];
  for (let given = 0; given < free; given++) {
    const lacking = byNeed.find((role) => slots[role] === 0 && taken[role] === 0);
    slots[lacking ?? largest(deficit)]++;
  }
  return slots;
}

/** The roles of `slots` in an order that spreads each as evenly as possible, so that each stratum gets its share. */
function interleave(slots: Record<Role, number>): Role[] {
  const total = slots.test + slots.validation + slots.train;
  const given: Record<Role, number> = { test: 0, validation: 0, train: 0 };
  return Array.from({ length: total }, (_, index) => {
    const role = largest((candidate) =>
      given[candidate] < slots[candidate]
        ? (slots[candidate] / total) * (index + 1) - given[candidate]
        : Number.NEGATIVE_INFINITY,
    );
    given[role]++;
    return role;
  });
}

/**
 * Assigns roles to newcomers beside patients who have one, so that all of them together, each tertile of tumor share and
 * each site come near the targets: again and again the newcomer and role that are lacking most (minimization over
 * marginal totals, Pocock and Simon 1975, doi:10.2307/2529712, without its random part: who comes first is drawn).
 * Also where they come one at a time. A role without anybody is filled first.
 */
function balance(
  newcomers: readonly PatientToSplit[],
  settled: readonly PatientToSplit[],
  roles: PatientSplit["roles"],
): void {
  const everybody = [...settled, ...newcomers];
  const tertile = tertiles(everybody);
  const lacking = new Map<string, Record<Role, number>>();
  const marginsOf = ({ key, site }: PatientToSplit) =>
    ["all", `tertile ${tertile.get(key)}`, `site ${site}`].map((name) => {
      const known = lacking.get(name) ?? { test: 0, validation: 0, train: 0 };
      lacking.set(name, known);
      return known;
    });
  for (const patient of everybody) {
    const role = roles.get(patient.key);
    for (const margin of marginsOf(patient)) {
      for (const each of roleOrder) margin[each] += SPLIT_TARGETS[each];
      if (role && role !== "left-out") margin[role]--;
    }
  }

  // Newcomers of one tertile and site are lacking alike: of each such group only the first one has to be looked at.
  const groups = new Map<string, Newcomers>();
  for (const [place, patient] of newcomers.entries()) {
    const name = `${tertile.get(patient.key)} ${patient.site}`;
    const group = groups.get(name) ?? { margins: marginsOf(patient), waiting: [], next: 0 };
    groups.set(name, group);
    group.waiting.push({ place, patient });
  }
  const taken = countRoles(roles);
  for (let given = 0; given < newcomers.length; given++) {
    const empty = roleOrder.filter((role) => taken[role] === 0);
    const best = { group: undefined as Newcomers | undefined, role: "test" as Role, need: -Infinity };
    for (const group of inPlaceOrder(groups.values())) {
      for (const role of empty.length > 0 ? empty : roleOrder) {
        const need = group.margins.reduce((sum, margin) => sum + margin[role], 0);
        // Rounding must not decide between needs that are equal on paper.
        if (need > best.need + 1e-9) Object.assign(best, { group, role, need });
      }
    }
    const group = best.group!;
    for (const margin of group.margins) margin[best.role]--;
    roles.set(group.waiting[group.next++]!.patient.key, best.role);
    taken[best.role]++;
  }
}

/** Newcomers of one tertile of tumor share and one site, in the order in which they were drawn. */
interface Newcomers {
  margins: Record<Role, number>[];
  waiting: { place: number; patient: PatientToSplit }[];
  /** How many of them have a role. */
  next: number;
}

/** The groups in which somebody waits, by the place of who waits first. */
function inPlaceOrder(groups: Iterable<Newcomers>): Newcomers[] {
  const placeOf = ({ waiting, next }: Newcomers) => waiting[next]!.place;
  return [...groups]
    .filter(({ waiting, next }) => next < waiting.length)
    .sort((a, b) => placeOf(a) - placeOf(b));
}

const roleOrder: readonly Role[] = ["test", "validation", "train"];

/** The role with the largest value; of equal ones test, then validation. */
function largest(valueAt: (role: Role) => number): Role {
  // Rounding must not decide between roles whose values are equal on paper.
  return roleOrder.reduce((best, role) => (valueAt(role) > valueAt(best) + 1e-9 ? role : best));
}

/** By key, 0 to 2: the third with the least tumor to the one with the most; equal shares in the order given. */
function tertiles(patients: readonly PatientToSplit[]): Map<string, number> {
  const byShare = [...patients].sort((a, b) => a.tumorShare - b.tumorShare);
  return new Map(byShare.map(({ key }, rank) => [key, Math.floor((3 * rank) / byShare.length)]));
}

/** By tertile of tumor share, then site; within both in the order given. */
function stratify(patients: readonly PatientToSplit[]): PatientToSplit[] {
  const tertile = tertiles(patients);
  return [...patients].sort(
    (a, b) => tertile.get(a.key)! - tertile.get(b.key)! || (a.site < b.site ? -1 : a.site > b.site ? 1 : 0),
  );
}

function inDrawnOrder(patients: readonly PatientToSplit[], seed: number): PatientToSplit[] {
  return patients
    .map((patient) => ({ patient, draw: seededRandom(seedOf("split", seed, patient.hashedKey))() }))
    .sort((a, b) => a.draw - b.draw || (a.patient.hashedKey < b.patient.hashedKey ? -1 : 1))
    .map(({ patient }) => patient);
}

/** A head cannot be fitted without validation: a fifth of the seen patients, at least one, never the last. */
function validateOnSeen(patients: readonly PatientToSplit[], roles: PatientSplit["roles"], seed: number) {
  const candidates = inDrawnOrder(
    patients.filter(({ key, seenByAncestor, assigned }) => {
      return seenByAncestor && !assigned && roles.get(key) === "train";
    }),
    seed,
  );
  const spare = Math.min(candidates.length, count(roles, "train") - 1);
  const wanted = Math.min(spare, Math.max(1, Math.round(candidates.length * SPLIT_TARGETS.validation)));
  for (const { key } of candidates.slice(0, Math.max(0, wanted))) roles.set(key, "validation");
}

function describe(patients: readonly PatientToSplit[], roles: PatientSplit["roles"]): SplitNote[] {
  const seen = (role: Role | "left-out") =>
    patients.filter(({ key, seenByAncestor }) => seenByAncestor && roles.get(key) === role).length;
  const { train, validation, test, "left-out": leftOut } = countRoles(roles);
  const notes: SplitNote[] = [{ code: "split", train, trainSeen: seen("train"), validation, test }];
  if (leftOut > 0) notes.push({ code: "left-out", patients: leftOut });
  notes.push(
    ...whatCanBeClaimed(
      test,
      patients.filter(({ key }) => roles.get(key) === "test"),
    ),
  );
  if (seen("validation") > 0) notes.push({ code: "validation-seen", patients: seen("validation") });
  if (train === 0) notes.push({ code: "nobody-to-train-on" });
  if (validation === 0) notes.push({ code: "nobody-for-validation" });
  return notes;
}

function count(roles: PatientSplit["roles"], role: Role | "left-out"): number {
  return countRoles(roles)[role];
}

function countRoles(roles: PatientSplit["roles"]): Record<Role | "left-out", number> {
  const counts = { train: 0, validation: 0, test: 0, "left-out": 0 };
  for (const role of roles.values()) counts[role]++;
  return counts;
}
