import type { StudyDrafts } from "@/lib/features/labels/schema";
import type { Base } from "./base";
import type { ReadingClock } from "./reading-clock";
import type { Saves } from "./saves/saves";

/** What the views do for the room while they are on the screen. */
export interface Stage {
  /** Fits every view's picture again. */
  resetCameras(): void;
  /** Ends the measurement under the pointer where it stands; false where there was none. */
  cancelMeasurement(): boolean;
  /** Removes the study's measurements, or those selected on a picture that is on the screen. */
  deleteMeasurements(which: "selected" | "all"): void;
}

/** What commands and effects work with. */
export interface Core extends Base {
  readonly saves: Saves;
  readonly clock: ReadingClock;
  /** Null until the views are there. */
  stage: Stage | null;
  /** The reader has left the room: an answer that comes now leads nowhere. */
  isClosed: boolean;
  /** The server is asked for the study again, soon. */
  refreshStudy(): void;
  /** The server is asked for the drafts of the study again; null where it does not answer. */
  readDrafts(): Promise<StudyDrafts | null>;
}
