import { describe, expect, it } from "vitest";
import type { DrawingStore } from "@/app/(workspace)/reading-room/room/drawing/drawing-store";
import { fromBase64, toBase64 } from "@/lib/features/labels/base64";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";
import { decodeMaskRuns, encodeMask } from "@/lib/science/imaging/mask-rle";
import { type Random, seededRandom } from "@/lib/science/training/random";
import { fakeRoom } from "./fake-room";

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const bit = (random: Random) => (random() < 0.6 ? 1 : 0);

/** A random stroke's work on a mask, by any tool; the same work however often it is done. */
function anyStroke(random: Random, grid: Grid, image: Uint8Array): (mask: Uint8Array) => void {
  const { rows, columns } = grid;
  // Now and then outside the image.
  const point = (): Point => [random() * (columns + 4) - 2, random() * (rows + 4) - 2];
  const value = bit(random);
  const kind = below(random, 6);
  if (kind === 0) {
    const way = Array.from({ length: 2 + below(random, 6) }, point);
    const radius = 0.5 + below(random, 5);
    const threshold = random() < 0.3 ? { allows: (index: number) => image[index]! < 3 } : {};
    return (mask) => {
      for (const [at, to] of way.entries())
        paintStroke(mask, grid, way[at - 1] ?? to, to, { radius, aspect: 1.5, value, ...threshold });
    };
  }
  if (kind === 1) {
    const corners = Array.from({ length: 3 + below(random, 5) }, point);
    return (mask) => void fillPolygon(mask, grid, corners, value);
  }
  if (kind === 2) {
    const seed: Point = [random() * columns, random() * rows];
    const tolerance = below(random, 2);
    return (mask) => void floodFill(mask, grid, image, seed, tolerance, value);
  }
  if (kind === 3) return (mask) => mask.set(fillHoles(mask, grid));
  if (kind === 4) return (mask) => void mask.fill(0);
  const other = Uint8Array.from({ length: rows * columns }, () => bit(random));
  return (mask) => mask.set(other);
}

/** What the store should do, with full masks. */
function createModel(start: Uint8Array) {
  let masks = [start];
  let at = 0;
  return {
    mask: () => masks[at]!,
    depth: () => [at, masks.length - 1 - at],
    stroke(work: (mask: Uint8Array) => void) {
      const next = masks[at]!.slice();
      work(next);
      if (next.every((value, index) => value === masks[at]![index])) return;
      masks = [...masks.slice(0, at + 1), next];
      at++;
    },
    undo: () => void (at > 0 && at--),
    redo: () => void (at < masks.length - 1 && at++),
  };
}

/** Undo and redo steps that a slice has, found by taking them all; leaves it as it was. */
function depthOf(store: DrawingStore): [undo: number, redo: number] {
  let undo = 0;
  while (store.undo("s")) undo++;
  let all = 0;
  while (store.redo("s")) all++;
  for (let back = all; back > undo; back--) store.undo("s");
  return [undo, all - undo];
}

const grids: [rows: number, columns: number][] = [
  [7, 13],
  [1, 5],
  [64, 48],
];

describe.each(grids)("random strokes, undos and redos on %i x %i pixels", (rows, columns) => {
  it.each([1, 2, 3, 4])(
    "leave the mask that whole masks would, also after a crash; seed %i",
    async (seed) => {
      const random = seededRandom(seed * 1000 + rows);
      const grid = { rows, columns };
      const image = Uint8Array.from({ length: rows * columns }, () => below(random, 5));
      const label = Uint8Array.from({ length: rows * columns }, () => bit(random));
      const base = { sliceId: "s", ...grid, basedOn: 1, baseLabelId: "label" };
      const model = createModel(label);
      let room = fakeRoom({ label });
      await room.store.prepare(base);
      let crashes = 0;

      for (let turn = 0; turn < 120; turn++) {
        const dice = random();
        if (dice < 0.55) {
          const work = anyStroke(random, grid, image);
          room.store.edit("s", "brush", work);
          model.stroke(work);
        } else if (dice < 0.75) {
          room.store.undo("s");
          model.undo();
        } else if (dice < 0.9) {
          room.store.redo("s");
          model.redo();
        } else if (room.store.drawingOf("s")) {
          const kept = [...room.journal.drafts.values()].map((draft) => structuredClone(draft));
          room = fakeRoom({ label }, room.journal);
          room.store.recover(kept.map((draft) => ({ draft, onServer: null, served: null })));
          await room.store.prepare(base);
          expect(depthOf(room.store)).toEqual(model.depth());
          crashes++;
        }
        const mask = room.store.drawingOf("s")?.mask ?? label;
        expect(Buffer.compare(mask, model.mask())).toBe(0);
        const saved = decodeMaskRuns(fromBase64(toBase64(encodeMask(mask, rows, columns))));
        expect([saved.rows, saved.columns, Buffer.compare(saved.data, model.mask())]).toEqual([
          rows,
          columns,
          0,
        ]);
      }
      expect(crashes).toBeGreaterThan(3);
      expect(model.depth().reduce((sum, steps) => sum + steps)).toBeGreaterThan(0);
    },
  );
});
