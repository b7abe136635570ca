import type { Page } from "@playwright/test";
import { frameMask, smallImage, studyArchive } from "../support/small-images";
import { importPhantoms, query } from "./support/installation";
import { brightnessOf } from "./support/pixels";
import { expect, test } from "./support/test";
import {
  currentItem,
  expectShown,
  openSlice,
  type SliceRecord,
  slicesOfStudy,
  strip,
  viewOf,
} from "./support/viewer";

/** A study of 500 slices, opened while most of them wait for their prediction. Runs last: the worker is busy with it. */

test.describe.configure({ mode: "serial" });
test.use({ as: "READER" });

const grid = { rows: 48, columns: 64 };
const run = Date.now();
const study = `VIEWER_MANY_${run}_20240102`;
const count = 500;
/** CSS pixels of an item, and items in sight of a 1440 px window with a margin of 8 on both sides. */
const itemWidth = 72;
const inSight = 1440 / itemWidth + 2 * 8 + 2;
let slices: SliceRecord[];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const made = Array.from({ length: count }, (_, at) => ({
    ...grid,
    position: at + 1,
    // A band goes down through the study, so that no two neighbours look alike. The images repeat as the band does: each
    // is embedded once.
    image: withBand(smallImage(grid, run + (at % grid.rows)), at),
    // Every seventh is said to be free of tumor, whatever the model makes of the same bright spot.
    mask: at % 7 === 0 ? new Uint8Array(grid.rows * grid.columns) : frameMask(grid),
  }));
  await importPhantoms(studyArchive(study, made));
  slices = await slicesOfStudy(study);
  expect(slices).toHaveLength(count);
});

test("only the items in sight are in the page, and End, Home and the strip's own scroll lead everywhere", async ({
  page,
}) => {
  await openSlice(page, slices[0]!);
  const items = strip(page).getByRole("button");
  await expect(strip(page).locator("ol")).toHaveCSS("width", `${count * itemWidth}px`);
  expect(await items.count()).toBeLessThanOrEqual(inSight);
  await expect(items.first()).toHaveAccessibleName(/^Slice 1,/);

  await page.keyboard.press("End");
  await expectShown(page, count);
  expect(await items.count()).toBeLessThanOrEqual(inSight);
  await expect(items.last()).toHaveAccessibleName(/^Slice 500,/);
  await expect(currentItem(page)).toBeInViewport({ ratio: 1 });

  await page.keyboard.press("Home");
  await expectShown(page, 1);
  await expect(currentItem(page)).toBeInViewport({ ratio: 1 });
  await expect(item(page, 500)).toHaveCount(0);
  await scrollStrip(page, "end");
  await expect(item(page, 500)).toBeInViewport({ ratio: 1 });
  await expect(item(page, 1), "the slice on the screen has scrolled out of the strip").toHaveCount(0);
  expect(await items.count()).toBeLessThanOrEqual(inSight);
  await item(page, 500).click();
  await expectShown(page, 500);
  await expect(viewOf(page, "FLAIR")).toHaveAccessibleName("FLAIR, slice 500 of 500");
});

test("the picture follows through the study; each slice has its own", async ({ page }) => {
  await openSlice(page, slices[99]!);
  const flair = viewOf(page, "FLAIR");
  const seen = [(await brightnessOf(flair)).pixels];
  for (const position of [101, 102, 103]) {
    await page.keyboard.press("ArrowDown");
    await expectShown(page, position);
    const { pixels } = await brightnessOf(flair);
    expect(seen.some((one) => one.equals(pixels))).toBe(false);
    seen.push(pixels);
  }
  // Held down, the key passes slices; the last one is what is shown.
  for (let press = 0; press < 60; press++) await page.keyboard.press("ArrowDown", { delay: 0 });
  await expectShown(page, 163);
  await page.keyboard.press("ArrowUp");
  await expectShown(page, 162);
});

interface Predicted {
  position: number;
  flagged: boolean;
  disagreeing: boolean;
}

test("order and filters are those of the database, and the left and right keys walk along them", async ({
  page,
}) => {
  await expect
    .poll(async () => (await predicted("position")).length, { message: "predictions", timeout: 170_000 })
    .toBe(count);
  const byDoubt = await predicted(`"confidence", "position"`);
  const byTumor = await predicted(`"pTumor" DESC, "position"`);
  const flagged = byDoubt.filter((slice) => slice.flagged).map(({ position }) => position);
  const disagreeing = byDoubt.filter((slice) => slice.disagreeing);
  expect(flagged.length).toBeGreaterThan(2);
  expect(flagged.length).toBeLessThan(count);

  await openSlice(page, slices[byTumor[0]!.position - 1]!);
  const toolbar = page.getByRole("toolbar", { name: "Strip of slices" });
  for (const [filter, left] of [
    ["all", count],
    ["flagged", flagged.length],
    ["changed", 0],
    ["label differs from model", disagreeing.length],
  ]) {
    await expect(toolbar.getByRole("button", { name: `${filter} ${left}`, exact: true })).toBeVisible();
  }

  await toolbar.getByRole("button", { name: "P(tumor)" }).click();
  await expect.poll(() => firstItems(page, 10)).toEqual(byTumor.slice(0, 10).map(({ position }) => position));
  for (const at of [1, 2]) {
    await page.keyboard.press("ArrowRight");
    await expectShown(page, byTumor[at]!.position);
  }
  await page.keyboard.press("ArrowLeft");
  await expectShown(page, byTumor[1]!.position);

  await toolbar.getByRole("button", { name: "uncertainty" }).click();
  await toolbar.getByRole("button", { name: /^flagged/ }).click();
  await expect.poll(() => stripWidth(page)).toBe(flagged.length * itemWidth);
  // Where the slice on the screen is a flagged one, the strip shows it; the first may be far to the left.
  await expect(async () => {
    await scrollStrip(page, "start");
    await item(page, flagged[0]!).click({ timeout: 2_000 });
  }).toPass();
  await expect.poll(() => firstItems(page, 5)).toEqual(flagged.slice(0, 5));
  await page.keyboard.press("ArrowRight");
  await expectShown(page, flagged[1]!);
  // With the focus in the strip, so do up and down; elsewhere they stay in the study's own order.
  await page.keyboard.press("ArrowDown");
  await expectShown(page, flagged[2]!);
  await page.getByRole("button", { name: /^Reset/ }).click();
  const beside = flagged[2]! < count ? flagged[2]! + 1 : count - 1;
  await page.keyboard.press(beside > flagged[2]! ? "ArrowDown" : "ArrowUp");
  await expectShown(page, beside);
  await expect(toolbar.getByRole("status")).toHaveText(
    flagged.includes(beside) ? "" : `▲ slice ${beside} is not in this list`,
  );
});

/** The study's slices with their predictions by the production model, sorted. */
function predicted(order: string): Promise<Predicted[]> {
  return query(
    `SELECT "position",
       EXISTS (SELECT 1 FROM "Flag" WHERE "Flag"."sliceId" = "Slice"."id" AND "Flag"."modelId" = "Model"."id") AS "flagged",
       "predictedClass" <> (SELECT "labelClass" FROM "Label" WHERE "Label"."sliceId" = "Slice"."id"
                            ORDER BY "version" DESC LIMIT 1) AS "disagreeing"
     FROM "Slice" JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
     JOIN "Model" ON "Model"."id" = "modelId" AND "Model"."state" = 'PRODUCTION'
     WHERE "studyId" = $1 ORDER BY ${order}`,
    [slices[0]!.studyId],
  );
}

const item = (page: Page, position: number) =>
  strip(page).getByRole("button", { name: new RegExp(`^Slice ${position},`) });

function scrollStrip(page: Page, to: "start" | "end"): Promise<void> {
  return strip(page)
    .locator("div:has(> ol)")
    .evaluate((row, end) => {
      row.scrollLeft = end ? row.scrollWidth : 0;
    }, to === "end");
}

/** Positions of the strip's first items from the left. */
async function firstItems(page: Page, wanted: number): Promise<number[]> {
  const names = await strip(page)
    .locator("ol button")
    .evaluateAll((items) => items.map((one) => one.getAttribute("aria-label")!));
  return names.slice(0, wanted).map((name) => Number(/^Slice (\d+),/.exec(name)![1]));
}

function stripWidth(page: Page): Promise<number> {
  return strip(page)
    .locator("ol")
    .evaluate((list) => list.clientWidth);
}

/** The image with a bright band, one row high, that lies a row lower in each slice and begins again at the top. */
function withBand(image: Uint8Array, at: number): Uint8Array {
  const from = (at % grid.rows) * grid.columns * 3;
  return image.fill(230, from, from + grid.columns * 3);
}
