/** Measurements of the open study. They last as long as the study is open and are stored nowhere. */
export interface Measurements {
  remove(which: "selected" | "all"): number;
  cancel(): boolean;
}

let open: Measurements | null = null;

/** To be called by the stage that draws them; returns what ends it. */
export function offerMeasurements(measurements: Measurements): () => void {
  open = measurements;
  return () => {
    if (open === measurements) open = null;
  };
}

/** Deletes the study's measurements, or those selected on a picture that is on the screen. Returns how many. */
export function deleteMeasurements(which: "selected" | "all"): number {
  return open?.remove(which) ?? 0;
}

/** Ends the measurement under the pointer where it stands; false where there was none. */
export function cancelMeasurement(): boolean {
  return open?.cancel() ?? false;
}
