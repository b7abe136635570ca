/** A patient of a test set, as far as it limits what the test can show. */
export interface TestedPatient {
  /** Contributing site; empty where unknown. */
  site: string;
  /** Share of the patient's slices that hold tumor, 0 to 1. */
  tumorShare: number;
}

/** From so many test patients on, an interval over patients is taken as it is. */
const ENOUGH_PATIENTS = 10;
/** Below so many, an interval over patients says little. */
const RELIABLE_PATIENTS = 5;

/**
 * Plain sentences on what figures of a test set cannot show, and what can be claimed all the same; none where nothing
 * limits them. `each` is null where a test set is known by its size alone.
 *
 * Example: 3 patients of one site -> that intervals are unreliable, and that nothing can be claimed of other sites.
 */
export function whatCanBeClaimed(patients: number, each: readonly TestedPatient[] | null = null): string[] {
  const notes = onSize(patients);
  if (!each || each.length === 0) return notes;
  const sites = new Set(each.map(({ site }) => site));
  const [site] = sites;
  if (each.length > 1 && sites.size === 1 && site) {
    notes.push(`All test patients come from one site (${site}): nothing can be claimed of other sites.`);
  }
  return [...notes, ...onClasses(each.map(({ tumorShare }) => tumorShare))];
}

function onSize(patients: number): string[] {
  if (patients === 0) {
    return [
      "No unseen patient is there to test on: no figure of accuracy can be claimed. " +
        "How a model does on patients that it has learned from says nothing of others.",
    ];
  }
  if (patients === 1) {
    return [
      "The test has only 1 patient: its figures describe the slices of this patient, without an interval. " +
        "Nothing can be claimed of other patients.",
    ];
  }
  if (patients < RELIABLE_PATIENTS) {
    return [
      `The test has only ${patients} patients: its figures and intervals are unreliable. ` +
        "A gross failure would show; how accurate the model is, or which of two is better, cannot be claimed.",
    ];
  }
  if (patients < ENOUGH_PATIENTS) {
    return [
      `The test has ${patients} patients: its intervals are wide and themselves unsure. ` +
        "Quote the interval with every figure; large differences can be claimed, small ones cannot.",
    ];
  }
  return [];
}

function onClasses(tumorShares: readonly number[]): string[] {
  if (tumorShares.every((share) => share === 0)) {
    return [
      "No test slice holds tumor: sensitivity, precision, F1 and AUC cannot be claimed; specificity can.",
    ];
  }
  if (tumorShares.every((share) => share === 1)) {
    return ["No test slice is free of tumor: specificity and AUC cannot be claimed; sensitivity can."];
  }
  const notes: string[] = [];
  const oneClass = tumorShares.filter((share) => share === 0 || share === 1).length;
  if (oneClass > 0) {
    notes.push(
      `${oneClass} of ${tumorShares.length} test patients ${oneClass === 1 ? "has" : "have"} slices of one class: ` +
        "patient by patient, no AUC can be given there.",
    );
  }
  if (tumorShares.every((share) => share > 0)) {
    notes.push(
      "Every test patient has a tumor: the figures speak of finding slices, not of telling ill from healthy.",
    );
  }
  return notes;
}
