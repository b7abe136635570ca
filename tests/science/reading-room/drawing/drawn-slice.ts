import { vi } from "vitest";
import type { Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { base, fakeJournal, fakeRoom, paint } from "./fake-room";

/** What tests of the drawing store begin with: a slice ready to draw on, its labels, a draft from elsewhere. */

/** Lets promises settle. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
export const onLabel = { ...base, basedOn: 1, baseLabelId: "label" };
export const labels = { label: Uint8Array.of(1, 1, 0, 0, 0, 0), newer: Uint8Array.of(0, 0, 0, 0, 1, 1) };
/** A draft of the slice that was kept: two strokes, on no label. */
export const stored = (over: Partial<Draft> = {}): Draft => ({
  id: "old",
  sliceId: "s",
  studyId: "study",
  basedOn: 0,
  baseLabelId: null,
  revision: 3,
  strokes: [
    { tool: "brush", change: Uint8Array.of(0, 1) },
    { tool: "brush", change: Uint8Array.of(5, 1) },
  ],
  done: 2,
  changedAt: 77,
  ...over,
});

/** A store whose slice is ready, with `draw` and `mask` for it. */
export async function ready(over: Partial<typeof base> = {}, journal = fakeJournal()) {
  const room = fakeRoom(labels, journal);
  await room.store.prepare({ ...base, ...over });
  const { store } = room;
  return {
    ...room,
    draw: (...pixels: number[]) => store.edit("s", "brush", paint(1, ...pixels)),
    mask: () => [...(store.drawingOf("s")?.mask ?? [])],
  };
}
