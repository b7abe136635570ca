import type { Change } from "@/app/_client/changes";
import type { QueueFilter } from "@/app/_ui/queue-href";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { DecisionRow, SaveLabel, StudyDrafts, UndoneDecision } from "@/lib/features/labels/schema";
import type { HeatmapRequest } from "@/lib/features/predictions/heatmap-schema";
import type { StudyView } from "@/lib/features/studies/schema";
import type { JobView } from "@/lib/records/job-view";
import type { LabelView } from "@/lib/records/label-view";
import type { SlicePlace } from "@/lib/records/slice-place";
import type { Pressed } from "./commands/press";
import type { Draft } from "./drawing/draft";
import type { DraftAnswer, SendOptions } from "./drawing/draft-sync";
import type { Heatmap } from "./heatmap";
import type { Journal } from "./journal";
import type { NextAmong } from "./state";
import type { Told } from "./told";

type Stop = () => void;

/** Something of the server that is kept up to date. */
export interface Watched<Value> {
  /** Reads it again; null where the server does not give it. Whoever watches is told as well. */
  again(): Promise<Value | null>;
  stop: Stop;
}
export interface Watcher<Value> {
  told(value: Value): void;
  refused(code: string): void;
}

/** What the room asks of the server. Whatever is refused or lost rejects with `Refused`. */
export interface Server {
  watchStudy(asOpened: StudyView, watcher: Watcher<StudyView>): Watched<StudyView>;
  watchDrafts(studyId: string, watcher: Watcher<StudyDrafts>): Watched<StudyDrafts>;
  /** All versions of a slice's label as they are now, newest first. */
  labels(sliceId: string): Promise<LabelView[]>;
  next(among: NextAmong, sliceId: string): Promise<SlicePlace | null>;
  queuePlace(sliceId: string, filter: QueueFilter): Promise<QueuePlace>;
  saveLabel(input: SaveLabel): Promise<LabelView>;
  /** The reader's newest decisions, newest first. */
  myDecisions(): Promise<DecisionRow[]>;
  undoDecision(labelId: string, saveId: string): Promise<UndoneDecision>;
  sendDraft(draft: Draft, options: SendOptions): Promise<DraftAnswer>;
  removeDraft(draft: Pick<Draft, "sliceId" | "id">): Promise<void>;
  requestHeatmap(sliceId: string): Promise<HeatmapRequest>;
  /** A heatmap that is here already. */
  heatmapAtHand(sliceId: string, modelId: string): Heatmap | null;
  /** Null where it has not been made. */
  heatmap(sliceId: string, modelId: string): Promise<Heatmap | null>;
  job(jobId: string): Promise<Pick<JobView, "status" | "error">>;
  /** A mask, `[rows, columns]`; nobody writes to it. */
  mask(url: string, rows: number, columns: number): Promise<Uint8Array>;
  /** Its outline as SVG path data in pixels. */
  maskPath(url: string, rows: number, columns: number): Promise<string>;
  /** Fetches a slice's picture ahead of its being looked at. */
  fetchPicture(sliceId: string): Promise<unknown>;
  onChange(listener: (change: Change | null) => void): Stop;
}

/** Parts of the room that can be asked for by key. */
export type RoomPart = "pictures" | "reason" | "note";

/** What the room asks of the page it is on. */
export interface Page {
  isHidden(): boolean;
  onShownOrHidden(run: () => void): Stop;
  /** The page is about to go. */
  onLeave(run: () => void): Stop;
  onOnline(run: () => void): Stop;
  /** Keys that belong to the room, and to nothing that has the focus. */
  onKey(run: (press: KeyPress) => void): Stop;
  /** Gives the focus to a part of the room, or to the part after (1) or before (-1) the one that has it. */
  focus(part: RoomPart | 1 | -1): void;
  /** Before the next picture is drawn, with its time in ms; returns what withdraws it. */
  nextFrame(work: (now: number) => void): Stop;
  whenIdle(work: () => void): Stop;
  go(href: string): void;
  prefetch(href: string): void;
  showInAddress(position: number): void;
  /** Leaves word for the study that is opened next in this window. */
  handOver(told: Told): void;
  /** What the study before left word of a moment ago; null for nothing. */
  takeOver(): Told | null;
  /** What this browser remembers; null for nothing. Never throws. */
  recall(key: string): string | null;
  remember(key: string, value: string): void;
  /** The same of this window alone, until it is closed. */
  recallHere(key: string): string | null;
  rememberHere(key: string, value: string): void;
}

export interface KeyPress extends Pressed {
  repeat: boolean;
  /** The pictures or the strip have the focus. */
  atPictures: boolean;
  preventDefault(): void;
}

export interface Ports {
  server: Server;
  page: Page;
  journal: Journal;
  /** The newest label of each slice that this reader has saved in this window. */
  ownLabels: { get(sliceId: string): LabelView | undefined; set(sliceId: string, label: LabelView): unknown };
  newId(): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that pass evenly. */
  elapsed(): number;
}
