import type { Page } from "@playwright/test";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { interpolateMasks } from "@/lib/science/imaging/mask-editing/interpolate-masks";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { frameMask, studyArchive } from "../support/small-images";
import { brush, expectMask, expectSaved, importFramed, paintWay, sizes, sliceAt } from "./support/exactness";
import { importPhantoms, query } from "./support/installation";
import { expect, test } from "./support/test";
import { expectShown, openSlice, Pen, type SliceRecord, viewOf } from "./support/viewer";

/** Exactness of masks that others begin, shapes on slices beside and the model: see support/exactness.ts. */

test.use({ as: "READER" });

const gap = { below: 2, above: 5 };
const proposedStudy = `VIEWER_MODEL_${Date.now()}_20240102`;
/** Neither side is the other or a power of two. */
const cropped: Grid = { rows: 201, columns: 157 };

for (const grid of sizes) {
  test(`shapes are interpolated over a gap on images of ${grid.rows} x ${grid.columns}`, async ({ page }) => {
    const study = await importFramed("GAP_", grid, 6);
    const ends: Uint8Array[] = [];
    for (const [position, way] of [
      // One end reaches to the left border, the other to the right one.
      [
        gap.below,
        [
          [grid.columns / 3, grid.rows / 2],
          [2, grid.rows / 2],
        ],
      ],
      [
        gap.above,
        [
          [grid.columns * 0.6, grid.rows * 0.55],
          [grid.columns - 2, grid.rows * 0.6],
        ],
      ],
    ] as [number, Point[]][]) {
      await (ends.length === 0 ? openSlice(page, await sliceAt(study, position)) : goTo(page, position));
      const view = viewOf(page, "FLAIR");
      const pen = await Pen.on(view, grid);
      const mask = frameMask(grid);
      await page.keyboard.press("b");
      paintWay(mask, grid, await pen.stroke(way), brush());
      await expectMask(view, grid, mask);
      ends.push(mask);
    }
    await goTo(page, gap.below + 1);
    await page.keyboard.press("j");
    for (const [position, fraction] of [
      [gap.below + 1, 1 / 3],
      [gap.below + 2, 2 / 3],
    ] as const) {
      await goTo(page, position);
      const mask = interpolateMasks(ends[0]!, ends[1]!, grid, fraction);
      await expectMask(viewOf(page, "FLAIR"), grid, mask);
      await expectSaved(page, await sliceAt(study, position), mask);
    }
  });
}

test("the model's mask is taken, changed and saved as it is on the screen", async ({ page }) => {
  // The base sees this one's lesion on every slice; of every five phantoms it misses one.
  const chosen = makePhantomPatient(2, 0)
    .slices.toSorted((one, other) => other.lesionAreaPixels - one.lesionAreaPixels)
    .slice(0, 4);
  await importPhantoms(
    studyArchive(
      proposedStudy,
      chosen.map(({ position, image, mask }) => ({
        ...cropped,
        position,
        image: crop(image, 3),
        mask: crop(mask, 1),
      })),
    ),
  );
  const proposed = () =>
    query<SliceRecord>(
      `SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
       JOIN "Study" ON "Study"."id" = "Slice"."studyId" JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
       JOIN "Model" ON "Model"."id" = "Prediction"."modelId" AND "Model"."state" = 'PRODUCTION'
       WHERE "Study"."key" = $1 AND "Prediction"."maskSha256" IS NOT NULL ORDER BY "position"`,
      [proposedStudy],
    );
  await expect
    .poll(async () => (await proposed()).length, { message: "a mask proposed", timeout: 120_000 })
    .toBeGreaterThan(0);
  const slice = (await proposed())[0]!;
  await openSlice(page, slice);
  const view = viewOf(page, "FLAIR");
  const pen = await Pen.on(view, cropped);
  const mask = new Uint8Array(await (await page.request.get(`/api/slices/${slice.id}/proposed-mask`)).body());
  expect(mask.includes(1)).toBe(true);
  await page.keyboard.press("Shift+A");
  await expectMask(view, cropped, mask);
  await page.keyboard.press("b");
  paintWay(
    mask,
    cropped,
    await pen.stroke([
      [cropped.columns - 1, 5],
      [cropped.columns + 3, 20],
    ]),
    brush(),
  );
  await expectMask(view, cropped, mask);
  await expectSaved(page, slice, mask);
});

/** The middle of a phantom's image or mask. */
function crop(pixels: Uint8Array, channels: number): Uint8Array {
  const top = Math.floor((PHANTOM_SIZE - cropped.rows) / 2);
  const left = Math.floor((PHANTOM_SIZE - cropped.columns) / 2);
  const rows = Array.from({ length: cropped.rows }, (_, row) => {
    const from = ((top + row) * PHANTOM_SIZE + left) * channels;
    return pixels.subarray(from, from + cropped.columns * channels);
  });
  return new Uint8Array(Buffer.concat(rows));
}

/** To another slice of the open study, by keys: a reload would also show what was drawn, but later. */
async function goTo(page: Page, position: number) {
  await page.keyboard.press("Home");
  for (let at = 1; at < position; at++) await page.keyboard.press("ArrowDown");
  await expectShown(page, position);
}
