/** A patient of a test set, as far as it limits what the test can show. */
export interface TestedPatient {
  /** Contributing site; empty where unknown. */
  site: string;
  /** Share of the patient's slices that hold tumor, 0 to 1. */
  tumorShare: number;
}

/** What limits the figures of a test set, and so what can be claimed all the same. */
export type Claim =
  | { code: "no-test-patient" }
  | { code: "one-test-patient" }
  /** Too few for figures and intervals to be relied on. */
  | { code: "few-test-patients"; patients: number }
  /** Enough for figures whose intervals are wide. */
  | { code: "some-test-patients"; patients: number }
  | { code: "one-test-site"; site: string }
  | { code: "no-tumor-to-test-on" }
  | { code: "tumor-alone-to-test-on" }
  | { code: "test-patients-of-one-class"; oneClass: number; patients: number }
  | { code: "tumor-in-every-test-patient" };

/** From so many test patients on, an interval over patients is taken as it is. */
const ENOUGH_PATIENTS = 10;
/** Below so many, an interval over patients says little. */
const RELIABLE_PATIENTS = 5;

/**
 * What figures of a test set cannot show, and what can be claimed all the same; nothing where nothing limits them. `each` is null where a test set is known by its size alone.
 *
 * Example: 3 patients of one site -> that intervals are unreliable, and that nothing can be claimed of other sites.
 */
export function whatCanBeClaimed(patients: number, each: readonly TestedPatient[] | null = null): Claim[] {
  const notes = onSize(patients);
  if (!each || each.length === 0) return notes;
  const sites = new Set(each.map(({ site }) => site));
  const [site] = sites;
  if (each.length > 1 && sites.size === 1 && site) {
    notes.push({ code: "one-test-site", site });
  }
  return [...notes, ...onClasses(each.map(({ tumorShare }) => tumorShare))];
}

function onSize(patients: number): Claim[] {
  if (patients === 0) return [{ code: "no-test-patient" }];
  if (patients === 1) return [{ code: "one-test-patient" }];
  if (patients < RELIABLE_PATIENTS) return [{ code: "few-test-patients", patients }];
  if (patients < ENOUGH_PATIENTS) return [{ code: "some-test-patients", patients }];
  return [];
}

function onClasses(tumorShares: readonly number[]): Claim[] {
  if (tumorShares.every((share) => share === 0)) return [{ code: "no-tumor-to-test-on" }];
  if (tumorShares.every((share) => share === 1)) return [{ code: "tumor-alone-to-test-on" }];
  const notes: Claim[] = [];
  const oneClass = tumorShares.filter((share) => share === 0 || share === 1).length;
  if (oneClass > 0)
    notes.push({ code: "test-patients-of-one-class", oneClass, patients: tumorShares.length });
  if (tumorShares.every((share) => share > 0)) notes.push({ code: "tumor-in-every-test-patient" });
  return notes;
}
