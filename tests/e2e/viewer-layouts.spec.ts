import type { Locator, Page } from "@playwright/test";
import { queryOne } from "./support/installation";
import { brightnessOf } from "./support/pixels";
import { expect, test } from "./support/test";
import {
  expectShown,
  type Matrix,
  matrixOf,
  openSlice,
  type SliceRecord,
  settled,
  viewOf,
  views,
} from "./support/viewer";

/** Layouts, linked views, window and sequences, on a slice of the demo that has a mask. */

test.use({ as: "READER" });

let slice: SliceRecord;
test.beforeAll(async () => {
  const find = () =>
    queryOne<SliceRecord>(
      `SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
       JOIN "Study" ON "Study"."id" = "studyId" JOIN "Label" ON "sliceId" = "Slice"."id"
       WHERE "Study"."key" LIKE 'PHANTOM%' AND "source" = 'IMPORTED' AND "areaPixels" > 300 AND "position" > 5
       ORDER BY "Study"."key" DESC, "areaPixels" DESC LIMIT 1`,
    );
  await expect(async () => find()).toPass({ timeout: 150_000 });
  slice = await find();
});

test("L goes from two views to three, one and two again; the names say what each shows", async ({ page }) => {
  await openSlice(page, slice);
  const layout = (name: string) =>
    page.getByRole("toolbar", { name: "Picture" }).getByRole("button", { name, exact: true });
  for (const [name, shown] of [
    ["2 views", ["FLAIR", "T1 post-contrast"]],
    ["3 views", ["FLAIR", "T1 post-contrast", "T1 pre-contrast"]],
    ["1 view", ["FLAIR"]],
    ["2 views", ["FLAIR", "T1 post-contrast"]],
  ] as const) {
    await expect(layout(name)).toHaveAttribute("aria-pressed", "true");
    await expect(views(page)).toHaveCount(shown.length);
    for (const [at, sequence] of shown.entries()) {
      await expect(views(page).nth(at)).toHaveAccessibleName(new RegExp(`^${sequence}, slice \\d+ of \\d+$`));
    }
    await settled(page);
    // Each fills its share of the room, beside the one before.
    const boxes = await Promise.all(
      (await views(page).all()).map(async (view) => (await view.boundingBox())!),
    );
    for (const [at, box] of boxes.entries()) {
      expect(box.height).toBe(boxes[0]!.height);
      expect(Math.abs(box.width - boxes[0]!.width)).toBeLessThan(1);
      if (at > 0) expect(box.x).toBeGreaterThanOrEqual(boxes[at - 1]!.x + boxes[at - 1]!.width);
    }
    await page.keyboard.press("l");
  }
});

test("each view shows its own sequence of the slice, and the composite its colours", async ({ page }) => {
  await openSlice(page, slice);
  await page.keyboard.press("l");
  await expect(views(page)).toHaveCount(3);
  await settled(page);
  await page.keyboard.press("m"); // the picture alone
  const pictures = await Promise.all((await views(page).all()).map((view) => brightnessOf(view)));
  for (const [at, { lit, bright }] of pictures.entries()) {
    expect(lit).toBeGreaterThan(0.05);
    expect(bright).toBeGreaterThan(100);
    for (const other of pictures.slice(at + 1)) expect(differing(pictures[at]!, other)).toBeGreaterThan(0.05);
  }

  const first = views(page).first();
  const next = page.getByRole("button", { name: /^View 1 shows .*: show the next sequence$/ });
  for (const sequence of ["T1 post-contrast", "T1 pre-contrast", "RGB composite"]) {
    expect(await saturation(first), "a grey picture").toBe(0);
    await next.click();
    await expect(first).toHaveAccessibleName(new RegExp(`^${sequence}, slice`));
    await settled(page);
  }
  expect(await saturation(first)).toBeGreaterThan(20);
  await next.click();
  await expect(first).toHaveAccessibleName(/^FLAIR, slice/);
});

test("the wheel over any view scrolls all of them", async ({ page }) => {
  await openSlice(page, slice);
  await page.keyboard.press("l");
  await expect(views(page)).toHaveCount(3);
  let here = slice.position;
  for (const [at, by] of [
    [0, 1],
    [1, 1],
    [2, -1],
    [2, -1],
  ] as const) {
    await views(page).nth(at).hover();
    await page.mouse.wheel(0, by * 120);
    here += by;
    await expectShown(page, here);
    const names = await views(page).evaluateAll((all) => all.map((view) => view.getAttribute("aria-label")!));
    expect(new Set(names.map((name) => name.split(", ")[1])).size).toBe(1);
  }
});

test("zoom and position are linked: what is done to one view, the others follow; R puts all back", async ({
  page,
}) => {
  await openSlice(page, slice);
  const [flair, post] = [viewOf(page, "FLAIR"), viewOf(page, "T1 post-contrast")];
  const fit = await matrixOf(flair);
  expectClose(await matrixOf(post), fit);

  await drag(page, post, { by: [0, -60], button: "right" });
  await expect.poll(async () => (await matrixOf(post))[0]).not.toBeCloseTo(fit[0], 2);
  const zoomed = await matrixOf(post);
  expect(zoomed[0] / zoomed[3]).toBeCloseTo(1, 3);
  await expectSame(flair, post);

  await drag(page, flair, { by: [37, -21], button: "middle" });
  await expect.poll(async () => (await matrixOf(flair))[4] - zoomed[4]).toBeCloseTo(37, 0);
  const panned = await matrixOf(flair);
  expect(panned[5] - zoomed[5]).toBeCloseTo(-21, 0);
  expect(panned[0]).toBeCloseTo(zoomed[0], 3);
  await expectSame(post, flair);

  // Another slice keeps it, and a view that comes in takes it over.
  await page.keyboard.press("ArrowUp");
  await expectShown(page, slice.position - 1);
  await page.keyboard.press("ArrowDown");
  await expectShown(page, slice.position);
  expectClose(await matrixOf(flair), panned);

  await page.keyboard.press("r");
  await expect.poll(async () => (await matrixOf(flair))[0]).toBeCloseTo(fit[0], 3);
  expectClose(await matrixOf(flair), fit);
  await expectSame(post, flair);
});

test("a left drag changes the window of all views, presets and R set it, I inverts it", async ({ page }) => {
  await openSlice(page, slice);
  const [flair, post] = [viewOf(page, "FLAIR"), viewOf(page, "T1 post-contrast")];
  const [atFirst, atFirstPost] = [await windowOf(flair), await windowOf(post)];

  await drag(page, flair, { by: [80, 0], button: "left" });
  // 400 px are all 255 grey values; a fraction of one is left to rounding.
  await expect
    .poll(async () => Math.abs((await windowOf(flair)).width - atFirst.width - (80 * 255) / 400))
    .toBeLessThanOrEqual(2);
  const wider = await windowOf(flair);
  expect(Math.abs(wider.level - atFirst.level)).toBeLessThanOrEqual(1);
  // Sequences have no common scale: the other one's is as many times wider.
  const factor = wider.width / atFirst.width;
  await expect.poll(async () => (await windowOf(post)).width / atFirstPost.width).toBeCloseTo(factor, 1);

  // Up and down is the level alone, however many events the mouse makes of it.
  const beforeLevel = await windowOf(post);
  await drag(page, post, { by: [0, 40], button: "left", moves: 20 });
  await expect
    .poll(async () => Math.abs((await windowOf(post)).level - beforeLevel.level - (40 * 255) / 400))
    .toBeLessThanOrEqual(2);
  expect((await windowOf(post)).width).toBe(beforeLevel.width);
  expect((await windowOf(flair)).width).toBe(wider.width);
  expect((await windowOf(flair)).level).not.toBe(wider.level);

  await page.keyboard.press("1");
  await expect.poll(() => windowOf(flair)).toEqual(atFirst);
  await expect.poll(() => windowOf(post)).toEqual(atFirstPost);
  const plain = await brightnessOf(flair);
  for (const [key, change] of [
    ["2", { width: 0.6, level: 0 }],
    ["3", { width: 1.6, level: 0 }],
    ["4", { width: 1, level: -0.25 }],
    ["5", { width: 1, level: 0.25 }],
  ] as const) {
    await page.keyboard.press(key);
    for (const [view, before] of [
      [flair, atFirst],
      [post, atFirstPost],
    ] as const) {
      await expect.poll(async () => (await windowOf(view)).width / before.width).toBeCloseTo(change.width, 1);
      // From 4 to 5 the width stays: the level alone says that the key has come through.
      await expect
        .poll(async () => Math.abs((await windowOf(view)).level - before.level - change.level * before.width))
        .toBeLessThanOrEqual(2);
    }
  }
  expect((await brightnessOf(flair)).middle).toBeLessThan(plain.middle); // darker

  await page.keyboard.press("r");
  await expect.poll(() => windowOf(flair)).toEqual(atFirst);
  await page.keyboard.press("i");
  await expect(page.getByRole("button", { name: "Invert" })).toHaveAttribute("aria-pressed", "true");
  await expect
    .poll(async () => Math.round((await brightnessOf(flair)).middle))
    .not.toBe(Math.round(plain.middle));
  const inverted = await brightnessOf(flair);
  expect(Math.abs(inverted.middle - (255 - plain.middle))).toBeLessThan(30);
  await page.keyboard.press("r");
  await expect(page.getByRole("button", { name: "Invert" })).toHaveAttribute("aria-pressed", "false");
});

interface Drag {
  by: [number, number];
  button: "left" | "middle" | "right";
  moves?: number;
}

/** Presses in the middle of a view and moves in some steps. */
async function drag(page: Page, view: Locator, { by, button, moves = 4 }: Drag) {
  const { x, y, width, height } = (await view.boundingBox())!;
  const [fromX, fromY] = [Math.round(x + width / 2), Math.round(y + height / 2)];
  await page.mouse.move(fromX, fromY);
  await page.mouse.down({ button });
  for (let step = 1; step <= moves; step++)
    await page.mouse.move(fromX + (by[0] * step) / moves, fromY + (by[1] * step) / moves);
  await page.mouse.up({ button });
}

async function windowOf(view: Locator): Promise<{ width: number; level: number }> {
  const [, width, level] = /W (-?\d+) L (-?\d+)/.exec(await view.innerText())!;
  return { width: Number(width), level: Number(level) };
}

function expectClose(found: Matrix, wanted: Matrix) {
  for (const [at, value] of wanted.entries())
    expect(Math.abs(found[at]! - value), `matrix, ${at}`).toBeLessThan(0.6);
}

/** Two views of one size show the same part of the image. */
async function expectSame(view: Locator, other: Locator) {
  await expect(async () => expectClose(await matrixOf(view), await matrixOf(other))).toPass();
}

/** Share of the pixels of two pictures of one size that differ by more than 16 grey values. */
function differing({ pixels }: { pixels: Buffer }, other: { pixels: Buffer }): number {
  const shared = Math.min(pixels.length, other.pixels.length);
  let count = 0;
  for (let at = 0; at < shared; at++) if (Math.abs(pixels[at]! - other.pixels[at]!) > 16) count++;
  return count / shared;
}

/** Largest difference between the colours of a pixel in the middle of a view, 0 to 255. */
async function saturation(view: Locator): Promise<number> {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(await view.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let most = 0;
  for (let row = Math.floor(info.height * 0.3); row < info.height * 0.7; row++)
    for (let column = Math.floor(info.width * 0.3); column < info.width * 0.7; column++) {
      const at = (row * info.width + column) * 3;
      const pixel = data.subarray(at, at + 3);
      most = Math.max(most, Math.max(...pixel) - Math.min(...pixel));
    }
  return most;
}
