import { type AnySnapshotSlice, isLabelled } from "@/lib/features/snapshots/read-snapshot";
import type { TrainingParameters } from "@/lib/records/training-parameters";

import { assignFolds, type Folds } from "@/lib/science/training/assign-folds";
import { labelledPatients } from "@/lib/science/training/labelled-patients";
import { type EmbeddedSlice, slicesOf } from "../embedding/embedded-snapshot";
import type { LearningSet } from "./cross-fit";

/**
 * The folds of a run's patients, validation patients among them: each is validated on by the head that leaves it out.
 * They follow from the snapshot, the base's patients and the seed alone, so every step of a run assigns them alike.
 */
export function foldsOf(
  slices: readonly AnySnapshotSlice[],
  seenByBase: ReadonlySet<string>,
  { heads }: Pick<TrainingParameters, "heads">,
  seed: number,
): Folds {
  const labelled = slicesOf(slices, "learning").filter(isLabelled);
  const patients = labelledPatients(labelled).map(({ hashedKey, tumorShare }) => ({
    hashedKey,
    tumorShare,
    seenByBase: seenByBase.has(hashedKey),
  }));
  return assignFolds(patients, heads, seed);
}

/** Embedded slices of the patients that a run learns from (`slicesOf`), as a model learns from them. */
export function learningSet(
  embedded: readonly EmbeddedSlice[],
  seenByBase: ReadonlySet<string>,
  parameters: TrainingParameters,
  seed: number,
): LearningSet {
  return {
    folds: foldsOf(
      embedded.map(({ slice }) => slice),
      seenByBase,
      parameters,
      seed,
    ),
    slices: embedded.map(({ slice, embedding }) => ({
      hashedKey: slice.hashedKey,
      studyKey: slice.studyId,
      position: slice.position,
      truth: isLabelled(slice) ? slice.truth : null,
      weight: isLabelled(slice) && slice.source !== "IMPORTED" ? parameters.correctionWeight : 1,
      embedding,
    })),
  };
}
