import type { Locator, Page } from "@playwright/test";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { type Brush, paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";
import { frameMask, smallImage, studyArchive } from "../../support/small-images";
import { importPhantoms, untilPredicted } from "./installation";
import { expect } from "./test";
import { labelMask, newestLabel, type SliceRecord, screenMask, slicesOfStudy, viewOf } from "./viewer";

/**
 * What a reader draws is what is saved, pixel by pixel: the mask on the screen, the bytes that the server has after S,
 * and what the mask's own functions make of the same path of the mouse are held against one another.
 */

/** Wider than high, and higher than wide: in two views side by side one leaves room above, the other at its sides. */
export const sizes: readonly Grid[] = [
  { rows: 37, columns: 53 },
  { rows: 64, columns: 48 },
];

/**
 * Imports a study of as many slices, each with the frame's mask; returns its key, which `name` is a part of. Ends when
 * all are predicted: what is saved beside a prediction that has just changed is refused.
 */
export async function importFramed(name: string, grid: Grid, slices: number): Promise<string> {
  const made = Date.now();
  const key = `VIEWER_${name}${grid.rows}X${grid.columns}_${made}_20240102`;
  const images = Array.from({ length: slices }, (_, at) => ({
    ...grid,
    position: at + 1,
    image: smallImage(grid, made + at),
    mask: frameMask(grid),
  }));
  await importPhantoms(studyArchive(key, images));
  await untilPredicted(key, slices);
  return key;
}

export const brush = (settings: Partial<Brush> = {}): Brush => ({
  radius: 4,
  aspect: 1,
  value: 1,
  ...settings,
});

/** Paints along points of the image, as a stroke of the brush does. */
export function paintWay(mask: Uint8Array, grid: Grid, points: readonly Point[], settings: Brush) {
  points.forEach((point, at) => {
    paintStroke(mask, grid, points[at - 1] ?? point, point, settings);
  });
}

export async function sliceAt(study: string, position: number): Promise<SliceRecord> {
  return (await slicesOfStudy(study)).find((slice) => slice.position === position)!;
}

/** The mask on the screen is this one, in both views. */
export async function expectMask(view: Locator, grid: Grid, mask: Uint8Array) {
  await expect.poll(async () => differing(await screenMask(view, grid), mask, grid)).toEqual([]);
  const other = viewOf(view.page(), "T1 post-contrast");
  await expect.poll(async () => differing(await screenMask(other, grid), mask, grid)).toEqual([]);
}

/** Saves with S. The server has these bytes as a new label, and they are on the screen after a reload. */
export async function expectSaved(page: Page, slice: SliceRecord, mask: Uint8Array) {
  const before = await newestLabel(slice.id);
  await page.keyboard.press("s");
  await expect(page.getByText(`Saved as version ${before.version + 1}: tumor`)).toBeVisible();
  const label = await newestLabel(slice.id);
  expect(label.version).toBe(before.version + 1);
  expect(differing(await labelMask(page, label.id), mask, slice)).toEqual([]);
  expect(label.areaPixels).toBe(mask.filter((value) => value === 1).length);
}

/** Where two masks differ, in words; the first few places. */
function differing(found: Uint8Array, wanted: Uint8Array, { columns }: Grid): string[] {
  if (found.length !== wanted.length) return [`${found.length} pixels, not ${wanted.length}`];
  const places = [...wanted.keys()].filter((at) => found[at] !== wanted[at]);
  return places
    .slice(0, 5)
    .map((at) => `x ${at % columns} y ${Math.floor(at / columns)}: ${found[at]}, not ${wanted[at]}`)
    .concat(places.length > 5 ? [`and ${places.length - 5} more`] : []);
}
