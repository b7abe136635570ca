import { seededRandom, seedOf } from "./random";

export interface PatientToDraw {
  hashedKey: string;
  /** Labelled slices. */
  slices: number;
  /** Whether a person, not only an import, labelled one of them. */
  corrected: boolean;
}

/**
 * Draws whole patients until their slices reach `maxSlices`; all of them where there are no more. Patients with
 * corrections come first where `correctedFirst` is set, so that what readers did counts; beside that, the order is drawn
 * from the seed (unsigned 32-bit). At least one patient is drawn.
 *
 * @example
 * const patients = ["a", "b", "c"].map((hashedKey) => ({ hashedKey, slices: 20, corrected: hashedKey === "c" }));
 * drawPatients(patients, { maxSlices: 60, seed: 1, correctedFirst: true }).size // 3
 * drawPatients(patients, { maxSlices: 20, seed: 1, correctedFirst: true }).has("c") // true
 */
export function drawPatients(
  patients: readonly PatientToDraw[],
  { maxSlices, seed, correctedFirst }: { maxSlices: number; seed: number; correctedFirst: boolean },
): Set<string> {
  const rank = (patient: PatientToDraw) => (correctedFirst && patient.corrected ? 0 : 1);
  const inOrder = patients
    .map((patient) => ({ patient, draw: seededRandom(seedOf("draw", seed, patient.hashedKey))() }))
    .sort(
      (a, b) =>
        rank(a.patient) - rank(b.patient) ||
        a.draw - b.draw ||
        (a.patient.hashedKey < b.patient.hashedKey ? -1 : 1),
    );
  const drawn = new Set<string>();
  let slices = 0;
  for (const { patient } of inOrder) {
    if (drawn.size > 0 && slices + patient.slices > maxSlices) continue;
    drawn.add(patient.hashedKey);
    slices += patient.slices;
  }
  return drawn;
}
