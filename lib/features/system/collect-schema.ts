import { z } from "zod";

/** Days after which what nothing uses is removed. */
export const keptDays = {
  /** An upload, after its last byte. */
  upload: 7,
  /** An object that no record names, after it was written last. */
  object: 7,
  /** Files that can be made again, of bases, models, slices and runs that are no longer there. */
  derived: 30,
  /** Predictions of a model, after its rejection. */
  prediction: 30,
  /** Half-written files of processes that were killed. */
  leftOver: 1,
} as const;

export const CollectUnused = z.strictObject({});

export interface Collected {
  count: number;
  bytes: number;
}

/** What was removed, or would be. */
export interface CollectReport {
  dryRun: boolean;
  /** Uploads that were never finished, and bytes of uploads that have ended. */
  uploads: Collected;
  objects: Collected;
  derived: Collected;
  leftOvers: Collected;
  /** Rows; they take no files. */
  predictions: number;
  /** Rows that counted attempts in a span of time that is over. */
  limits: number;
}
