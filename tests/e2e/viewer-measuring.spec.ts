import type { Locator, Page } from "@playwright/test";
import { frameMask, smallImage, studyArchive } from "../support/small-images";
import { importPhantoms, query } from "./support/installation";
import { expect, test } from "./support/test";
import {
  expectShown,
  openSlice,
  Pen,
  type SliceRecord,
  slicesOfStudy,
  viewOf,
  views,
} from "./support/viewer";

/** Distances, areas, grey values, orientation and cine, on images of known size. */

test.use({ as: "READER" });

const grid = { rows: 64, columns: 48 };
const study = `VIEWER_MEASURE_${Date.now()}_20240102`;
/** Positions: without spacing, with it, with an axial orientation. */
const [plain, spaced, axial] = [1, 2, 3];
const aspect = 1.5;
let slices: SliceRecord[];

test.beforeAll(async () => {
  test.setTimeout(60_000);
  const made = Array.from({ length: 6 }, (_, at) => ({
    ...grid,
    position: at + 1,
    image: smallImage(grid, Date.now() + at),
    mask: frameMask(grid),
  }));
  await importPhantoms(studyArchive(study, made));
  slices = await slicesOfStudy(study);
  await query(`UPDATE "Slice" SET "rowSpacingMm" = 1.2, "columnSpacingMm" = 0.8 WHERE "id" = $1`, [
    at(spaced).id,
  ]);
  await query(`UPDATE "Slice" SET "orientation" = '{1,0,0,0,1,0}' WHERE "id" = $1`, [at(axial).id]);
});

for (const { position, name, length, area } of [
  // 20 columns and 15 rows; an ellipse 24 columns wide and 20 rows high.
  {
    position: plain,
    name: "pixels without spacing",
    length: "25.0 px",
    area: [Math.PI * 12 * 10, "px²"] as const,
  },
  // 20 x 0.8 mm and 15 x 1.2 mm; 24 x 0.8 mm wide and 20 x 1.2 mm high.
  {
    position: spaced,
    name: "mm with spacing",
    length: "24.1 mm",
    area: [Math.PI * 9.6 * 12, "mm²"] as const,
  },
]) {
  test(`distance and area are given in ${name}; they stay on their slice until Delete`, async ({ page }) => {
    await openSlice(page, at(position));
    const view = viewOf(page, "FLAIR");
    const lines = view.locator("svg text, svg tspan");
    const pen = await Pen.on(view, grid, position === spaced ? aspect : 1);
    await expect(view).toContainText(position === spaced ? "1.2 × 0.8 mm" : "no spacing");

    await page.keyboard.press("d");
    await pen.stroke([
      [10, 20],
      [20, 30],
      [30, 35],
    ]);
    await expect(view.locator("svg", { hasText: length }).first()).toBeVisible();

    await page.keyboard.press("ArrowDown");
    await expectShown(page, position + 1);
    await expect(lines).toHaveCount(0);
    await page.keyboard.press("ArrowUp");
    await expectShown(page, position);
    await expect(view.locator("svg", { hasText: length }).first()).toBeVisible();
    await expect(viewOf(page, "T1 post-contrast").locator("svg text")).toHaveCount(0);
    await page.keyboard.press("Delete");
    await expect(lines).toHaveCount(0);

    await page.keyboard.press("g");
    // Cornerstone draws an ellipse from its middle outwards.
    await pen.stroke([
      [24, 32],
      [30, 36],
      [36, 42],
    ]);
    await expect.poll(() => areaOf(view, area[1])).not.toBeNull();
    expect(Math.abs((await areaOf(view, area[1]))! - area[0]) / area[0]).toBeLessThan(0.02);
    await page.keyboard.press("Delete");
    await expect(lines).toHaveCount(0);
    expect(
      (await query(`SELECT 1 FROM "Label" WHERE "sliceId" = $1 AND "version" > 1`, [at(position).id])).length,
    ).toBe(0);
  });
}

test("the probe tells the pixel under the pointer and its true grey value in every view", async ({
  page,
}) => {
  const slice = at(plain);
  await openSlice(page, slice);
  const pen = await Pen.on(viewOf(page, "FLAIR"), grid);
  const pixels = await (await page.request.get(`/api/slices/${slice.id}/pixels`)).body();
  const value = (column: number, row: number, channel: number) =>
    pixels[(row * grid.columns + column) * 3 + channel];
  // The middle of a pixel, both ends of the image, and a pixel's last tenth.
  for (const [x, y] of [
    [20.5, 30.5],
    [0.5, 0.5],
    [47.5, 63.5],
    [33.9, 12.9],
  ] as const) {
    await pen.moveTo([x, y]);
    const [column, row] = [Math.floor(x), Math.floor(y)];
    await expect(probe(page, 1)).toHaveText(`x ${column} y ${row} · ${value(column, row, 1)}`);
    await expect(probe(page, 2)).toHaveText(`x ${column} y ${row} · ${value(column, row, 2)}`);
    await expect(page.locator("[data-cross='2']")).toHaveJSProperty("hidden", false);
    await expect(page.locator("[data-cross='1']")).toHaveJSProperty("hidden", true);
  }
  await pen.moveTo([-2, 20]);
  await expect(probe(page, 1)).toHaveText("");
  await expect(probe(page, 2)).toHaveText("");
});

test("letters at the edges where the orientation is known, and the word that it is not", async ({ page }) => {
  await openSlice(page, at(axial));
  for (const view of await views(page).all()) {
    await expect(view.getByText("orientation unknown")).toHaveCount(0);
    const box = (await view.boundingBox())!;
    // An axial image: the patient's right is on the left, anterior above.
    for (const [letter, x, y] of [
      ["R", 0, 0.5],
      ["L", 1, 0.5],
      ["A", 0.5, 0],
      ["P", 0.5, 1],
    ] as const) {
      const found = (await view.getByText(letter, { exact: true }).boundingBox())!;
      expect(Math.abs(found.x + found.width / 2 - box.x - x * box.width), `${letter}, across`).toBeLessThan(
        40,
      );
      expect(Math.abs(found.y + found.height / 2 - box.y - y * box.height), `${letter}, down`).toBeLessThan(
        40,
      );
    }
  }
  await page.keyboard.press("ArrowDown");
  await expectShown(page, axial + 1);
  for (const view of await views(page).all()) {
    await expect(view.getByText("orientation unknown")).toBeVisible();
    for (const letter of "RLAP") await expect(view.getByText(letter, { exact: true })).toHaveCount(0);
  }
});

test("cine goes on by itself, round and round, until the wheel is turned", async ({ page }) => {
  await openSlice(page, at(5));
  const view = viewOf(page, "FLAIR");
  const shown = await watchSlices(page);
  await page.keyboard.press(" ");
  const button = page.getByRole("button", { name: "Play" });
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => (await shown()).length).toBeGreaterThanOrEqual(5);
  const seen = await shown();
  // From 6, the last, it begins again with 1; none is left out.
  seen.forEach((position, index) => {
    if (index > 0) expect(position).toBe((seen[index - 1]! % 6) + 1);
  });
  expect(seen).toContain(1);

  await view.hover();
  await page.mouse.wheel(0, 120);
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await expect.poll(async () => (await shown()).at(-1)).toBeDefined();
  const stopped = (await shown()).length;
  await page.waitForTimeout(600); // at 8 slices a second, more than four of them
  expect((await shown()).length - stopped).toBeLessThanOrEqual(1);
});

const at = (position: number) => slices[position - 1]!;

const probe = (page: Page, view: number) => page.locator(`[data-probe='${view}']`);

/** The area that a view's measurement tells, in that unit; null without one. */
async function areaOf(view: Locator, unit: string): Promise<number | null> {
  const texts = await view.locator("svg text").allTextContents();
  const found = new RegExp(`([\\d.]+) ${unit}`).exec(texts.join(" "));
  return found ? Number(found[1]) : null;
}

/** Notes the slices that the first view shows, from now on. */
async function watchSlices(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const view = document.querySelector("section[aria-label^='FLAIR, slice']")!;
    const seen: number[] = [];
    new MutationObserver(() => {
      const shown = Number(/slice (\d+)/.exec(view.getAttribute("aria-label")!)![1]);
      if (seen.at(-1) !== shown) seen.push(shown);
    }).observe(view, { attributeFilter: ["aria-label"] });
    Object.assign(window, { seenSlices: seen });
  });
  return () => page.evaluate(() => (window as unknown as { seenSlices: number[] }).seenSlices);
}
