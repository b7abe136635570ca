import {
  addCorner,
  extended,
  type PolygonInProgress,
} from "@/app/(workspace)/reading-room/room/drawing/polygon-in-progress";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import { type Point, pixelUnder } from "@/lib/science/imaging/mask-editing/grid";
import { click, drag, painted } from "./support/pen";
import {
  areaOf,
  draftsOn,
  drawingStatus,
  emptyMask,
  expectOutline,
  expectSameMask,
  flairPixels,
  isWithoutMask,
  maskOf,
  newestLabel,
  openSlice,
  type Slice,
  saveDrawing,
  savedMask,
  sliceOf,
  slicesOf,
  stripItem,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** Every way to draw, on the ninth phantom: what the pen's way makes by lib/science is what the server then has. */

const phantom = "0009";
test.use({ as: "READER" });

test("brush strokes are undone and done again, and the mask that is saved is the one that was drawn", async ({
  page,
}) => {
  const slice = await sliceOf(phantom, isWithoutMask);
  await openSlice(page, slice);
  await page.keyboard.press("b");
  const first = painted(
    emptyMask(slice),
    slice,
    await drag(page, slice, [
      [90, 100],
      [120, 104],
      [118, 130],
    ]),
  );
  await expectOutline(page, first, slice);
  const both = painted(
    first,
    slice,
    await drag(page, slice, [
      [140, 90],
      [150, 150],
    ]),
  );
  await expectOutline(page, both, slice);
  await expect(drawingStatus(page)).toContainText("2 strokes: draft kept on the server");

  await page.keyboard.press("Control+z");
  await expectOutline(page, first, slice);
  await page.keyboard.press("Control+z");
  await expectOutline(page, emptyMask(slice), slice);
  await page.keyboard.press("Control+y");
  await expectOutline(page, first, slice);
  await expect(drawingStatus(page)).toContainText("1 stroke: draft kept on the server");
  expect(await draftsOn(slice)).toEqual([expect.objectContaining({ done: 1 })]);

  await saveDrawing(page, slice.version + 1);
  expect(await newestLabel(slice)).toMatchObject({
    version: slice.version + 1,
    labelClass: "TUMOR",
    source: "HUMAN",
    areaPixels: areaOf(first),
  });
  expectSameMask(await savedMask(page, slice), first);
  expect(await draftsOn(slice)).toEqual([]);
  await expect(stripItem(page, slice.position)).not.toHaveAccessibleName(/drawing not saved/);
});

test("smaller and larger brushes and the eraser change the label's own mask", async ({ page }) => {
  const slice = await sliceOf(phantom, ({ areaPixels }) => areaPixels > 300);
  await openSlice(page, slice);
  const before = await maskOf(page, await newestLabel(slice), slice);
  await expectOutline(page, before, slice);
  await page.keyboard.press("b");
  for (const _ of [1, 2]) await page.keyboard.press("]");
  await expect(page.getByLabel("Brush width")).toHaveText("12 px");
  const added = painted(
    before,
    slice,
    await drag(page, slice, [
      [40, 128],
      [70, 128],
    ]),
    { radius: 6 },
  );
  await expectOutline(page, added, slice);

  await page.keyboard.press("e");
  for (const _ of [1, 2, 3]) await page.keyboard.press("[");
  await expect(page.getByLabel("Brush width")).toHaveText("6 px");
  const way = await drag(page, slice, [
    [30, 128],
    [70, 128],
  ]);
  const erased = painted(added, slice, way, { radius: 3, value: 0 });
  await expectOutline(page, erased, slice);
  // Alt takes away with the brush, too.
  await page.keyboard.press("b");
  const across = await drag(
    page,
    slice,
    [
      [55, 115],
      [55, 140],
    ],
    { keys: ["Alt"] },
  );
  const cut = painted(erased, slice, across, { radius: 3, value: 0 });
  await expectOutline(page, cut, slice);

  await saveDrawing(page, slice.version + 1);
  expectSameMask(await savedMask(page, slice), cut);
});

test("polygons by clicks and freehand are filled and cut out", async ({ page }) => {
  const slice = await sliceOf(phantom, isWithoutMask);
  await openSlice(page, slice);
  await page.keyboard.press("p");
  const mask = emptyMask(slice);
  const corners: Point[] = [];
  for (const place of [
    [80, 80],
    [140, 84],
    [150, 150],
    [85, 140],
  ] as const) {
    corners.push(await click(page, slice, place));
  }
  await click(page, slice, [30, 200]);
  await expect(page.getByRole("button", { name: "Close polygon (Enter)" })).toBeVisible();
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  fillPolygon(mask, slice, corners, 1);
  await expectOutline(page, mask, slice);

  // Freehand, within the polygon: a hole.
  const circle = (radius: number): Point[] =>
    Array.from({ length: 25 }, (_, step) => {
      const angle = (2 * Math.PI * step) / 24;
      return [112 + radius * Math.cos(angle), 112 + radius * Math.sin(angle)];
    });
  const hole = await drag(page, slice, circle(14), { keys: ["Alt"], steps: 2 });
  fillPolygon(mask, slice, freehand(hole, slice), 0);
  await expectOutline(page, mask, slice);
  const island = await drag(page, slice, circle(6), { steps: 2 });
  fillPolygon(mask, slice, freehand(island, slice), 1);
  await expectOutline(page, mask, slice);

  // The mouse closes a polygon on its first corner; Escape gives one up.
  const triangle: Point[] = [];
  for (const place of [
    [180, 60],
    [200, 60],
    [190, 80],
  ] as const)
    triangle.push(await click(page, slice, place));
  await click(page, slice, [180.5, 60.5]);
  fillPolygon(mask, slice, triangle, 1);
  await expectOutline(page, mask, slice);
  await click(page, slice, [200, 200]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Close polygon (Enter)" })).toBeHidden();

  await expect(drawingStatus(page)).toContainText("4 strokes: draft kept on the server");
  await saveDrawing(page, slice.version + 1);
  expectSameMask(await savedMask(page, slice), mask);
});

test("threshold brush, flood fill, filling of holes, copy and clearing each do what they say", async ({
  page,
}) => {
  const slices = await slicesOf(phantom);
  const slice = await sliceOf(phantom, ({ position }) =>
    slices.some((one) => one.position === position - 1 && one.areaPixels > 300),
  );
  const slicePrior = slices.find((one) => one.position === slice.position - 1)!;
  const grey = await flairPixels(page, slice);
  await openSlice(page, slice);
  await page.keyboard.press("Shift+Delete");
  await expect(drawingStatus(page)).toContainText("The mask is");
  await expectOutline(page, emptyMask(slice), slice);

  await page.keyboard.press("t");
  const way = await drag(page, slice, [
    [100, 128],
    [150, 128],
  ]);
  const seed = grey[pixelUnder(way[0]!, slice)!]!;
  const near = (index: number) => Math.abs(grey[index]! - seed) <= 20;
  let mask = painted(emptyMask(slice), slice, way, { allows: near });
  await expectOutline(page, mask, slice);
  expect(areaOf(mask), "some grey values are near and some are not").toBeGreaterThan(0);
  expect(areaOf(mask)).toBeLessThan(areaOf(painted(emptyMask(slice), slice, way)));

  await page.keyboard.press("f");
  const at = await click(page, slice, [128, 100]);
  floodFill(mask, slice, grey, at, 20, 1);
  await expectOutline(page, mask, slice);

  await page.keyboard.press("b");
  const ring = await drag(page, slice, [
    [30, 30],
    [60, 30],
    [60, 60],
    [30, 60],
    [30, 30],
  ]);
  mask = painted(mask, slice, ring);
  await expectOutline(page, mask, slice);
  await page.keyboard.press("k");
  const filled = fillHoles(mask, slice);
  expect(areaOf(filled)).toBeGreaterThan(areaOf(mask));
  await expectOutline(page, filled, slice);

  await page.keyboard.press("c");
  const copied = await maskOf(page, await newestLabel(slicePrior), slicePrior);
  await expectOutline(page, copied, slice);
  await page.keyboard.press("Control+z");
  await expectOutline(page, filled, slice);
  await page.keyboard.press("Control+y");
  await expectOutline(page, copied, slice);
  await saveDrawing(page, slice.version + 1);
  expectSameMask(await savedMask(page, slice), copied);

  await page.keyboard.press("Shift+Delete");
  await expect(page.getByRole("button", { name: "Save drawing: no tumor, all erased (S)" })).toBeVisible();
  await saveDrawing(page, slice.version + 2);
  expect(await newestLabel(slice)).toMatchObject({
    labelClass: "NO_TUMOR",
    maskSha256: null,
  });
});

/** The corners that a way leaves. */
function freehand([first, ...others]: Point[], { id }: Slice): readonly Point[] {
  let polygon: PolygonInProgress = addCorner(null, id, first!, false);
  for (const place of others) polygon = extended(polygon, place);
  return polygon.corners;
}
