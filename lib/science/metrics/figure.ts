import type { Interval } from "./bootstrap";

/** A figure with its 95 % patient-bootstrap interval; null where it is undefined. */
export interface Figure extends Interval {
  value: number | null;
}
