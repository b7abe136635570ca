import type { Grid } from "@/lib/science/imaging/mask-editing/grid";
import type { Draft } from "./draft";
import type { DraftPlace } from "./draft-sync";

/** The drawing on one slice as it is on the screen. A new object with each change. */
export interface Drawing {
  draft: Draft;
  /** `[rows, columns]`, 0 or 1, also with the stroke under way. Not to be changed. */
  mask: Uint8Array;
  /** Outline of `mask` as SVG path data. */
  path: string;
  /** Tumor pixels of `mask`. */
  areaPixels: number;
  /** Where the latest stroke is kept. */
  place: DraftPlace;
  /** Why the server does not take it; with `place: "refused"`. */
  message: string | null;
  /** False where this browser keeps no journal: then the server alone has the strokes. */
  journalled: boolean;
  /** When strokes of an earlier visit came back, until the next stroke; milliseconds since 1970. */
  recoveredFrom: number | null;
}

/** What a slice's drawing begins on. */
export interface DrawingBase extends Grid {
  sliceId: string;
  basedOn: number;
  baseLabelId: string | null;
}

/** A stroke under way: change `mask`, then call `painted`; `end` keeps it, `cancel` takes it back. */
export interface OpenStroke {
  mask: Uint8Array;
  painted(): void;
  end(): void;
  cancel(): void;
}

/** A slice that can be drawn on. */
export interface Session {
  base: DrawingBase;
  draft: Draft | null;
  mask: Uint8Array;
  stroke: OpenStroke | null;
  /** What the stroke under way will be added to. */
  begun: Draft | null;
  /** True once the draft was changed in this window. */
  touched: boolean;
  recoveredFrom: number | null;
}
