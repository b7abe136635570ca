import type { Prisma, Transaction } from "@/lib/platform/database";
import type { LabelSource, Split } from "@/lib/platform/generated/enums";

/*
 * Test patients are read blind (docs/decisions/0024): what a model says of their slices is hidden until a person has
 * decided. Else the labels that accuracy is measured against would lean towards the model.
 */

/** Whether this installation reads test patients blind: an admin's setting. */
export async function readsBlind(db: Transaction): Promise<boolean> {
  const { blindTestPatients } = await db.settings.findUniqueOrThrow({ where: { id: 1 } });
  return blindTestPatients;
}

/** The patients that are not kept for testing. */
export const forTraining = {
  OR: [{ split: null }, { split: { not: "TEST" } }],
} satisfies Prisma.PatientWhereInput;

/** Of flags: those that may be named. All of them where nothing is hidden; a flag ends with the decision. */
export function flagsInTheOpen(blind: boolean): Prisma.FlagWhereInput {
  return blind ? { study: { patient: forTraining } } : {};
}

/** The studies of which a list may say what the model predicts. A test patient's is one once each slice is decided on. */
export function studiesInTheOpen(db: Transaction, blind: boolean): Prisma.StudyWhereInput {
  if (!blind) return {};
  return {
    OR: [{ patient: forTraining }, { correctedSlices: { gte: db.study.fields.sliceCount } }],
  };
}

/** The same of one study. */
export function isStudyInTheOpen(
  blind: boolean,
  study: { patient: { split: Split | null }; correctedSlices: number; sliceCount: number },
): boolean {
  return !blind || study.patient.split !== "TEST" || study.correctedSlices >= study.sliceCount;
}

/** What `isPredictionHidden` needs of a slice. */
export const blindInclude = {
  currentLabel: { select: { source: true, undoneById: true } },
  study: { select: { patient: { select: { split: true } } } },
} satisfies Prisma.SliceInclude;

interface SliceToRead extends Decided {
  study: { patient: { split: Split | null } };
}
interface Decided {
  currentLabel: { source: LabelSource; undoneById: string | null } | null;
  /** Number of the newest version, 0 for none. */
  labelVersion: number;
}

/** True where what a model says of the slice must not leave the server yet. */
export async function isPredictionHidden(db: Transaction, slice: SliceToRead): Promise<boolean> {
  if (slice.study.patient.split !== "TEST" || isDecided(slice)) return false;
  return readsBlind(db);
}

/** True once a person has decided on the slice. An undo does not change that: the reader has seen the prediction. */
export function isDecided({ currentLabel, labelVersion }: Decided): boolean {
  if (!currentLabel) return labelVersion > 0;
  return currentLabel.source !== "IMPORTED" || currentLabel.undoneById !== null;
}
