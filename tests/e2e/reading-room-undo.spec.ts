import type { Page } from "@playwright/test";
import { query } from "./support/installation";
import { drag } from "./support/pen";
import {
  currentItem,
  drawingStatus,
  expectSameMask,
  isWithoutMask,
  maskOf,
  newestLabel,
  openSlice,
  type Slice,
  savedMask,
  sliceOf,
  slicesOf,
  untilReady,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** What keys store, and what takes it back: on the sixth phantom. */

const phantom = "0006";
test.use({ as: "READER" });

const lastDecision = (page: Page) => page.getByRole("status", { name: "Last decision" });
const hasMask = ({ areaPixels }: Slice) => areaPixels > 0;

test("Ctrl Z takes a decision back after the automatic advance, and Ctrl Y makes it stand again", async ({
  page,
}) => {
  const slice = await sliceOf(phantom, hasMask);
  const before = await newestLabel(slice);
  const mask = await maskOf(page, before, slice);
  await openSlice(page, slice);
  await page.getByLabel("After a decision").selectOption("next flagged");
  await page.keyboard.press("x");
  await expect(lastDecision(page)).toContainText(`Slice ${slice.position}: no tumor, mask removed`);
  // The next flagged slice may be in another study.
  await expect(currentItem(page)).not.toHaveAccessibleName(new RegExp(`^Slice ${slice.position},.*changed`));
  await expect(lastDecision(page)).toContainText("Undo");

  await page.keyboard.press("Control+z");
  await expect(page).toHaveURL(new RegExp(`/studies/${slice.studyId}\\?slice=${slice.position}$`));
  await untilReady(page, slice.position);
  const words = `tumor, mask ${slice.areaPixels.toLocaleString("en")} px`;
  await expect(lastDecision(page)).toContainText(`Slice ${slice.position} is as before: ${words}`);
  const { labelClass, source, areaPixels, maskSha256 } = before;
  const undone = { version: slice.version + 2, act: "UNDONE", labelClass, source, areaPixels, maskSha256 };
  expect(await newestLabel(slice)).toMatchObject(undone);
  expectSameMask(await savedMask(page, slice), mask);

  await page.keyboard.press("Control+y");
  await expect(lastDecision(page)).toContainText(`Slice ${slice.position} is as you decided: no tumor`);
  expect(await newestLabel(slice)).toMatchObject({ version: slice.version + 3, labelClass: "NO_TUMOR" });

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "My decisions" }).click();
  await expect(page.getByRole("heading", { name: "My decisions", level: 1 })).toBeVisible();
  const first = page
    .getByRole("table", { name: /^My decisions/ })
    .getByRole("row")
    .nth(1);
  await expect(first).toContainText(`slice ${slice.position}`);
  await first.getByRole("button", { name: /^Undo/ }).click();
  await expect(first).toContainText("undone");
  expect(await newestLabel(slice)).toMatchObject({ ...undone, version: slice.version + 4 });
});

test("each button stores what it says", async ({ page }) => {
  const slice = await sliceOf(phantom, hasMask);
  const { labelClass, areaPixels, maskSha256 } = await newestLabel(slice);
  await openSlice(page, slice);
  const px = `${slice.areaPixels.toLocaleString("en")} px`;
  const keep = `Keep label and mask: tumor, mask ${px} (A)`;
  await page.getByRole("button", { name: keep, exact: true }).click();
  await expect(page.getByText(`Saved as version ${slice.version + 1}: tumor, as on file`)).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({ act: "KEPT", labelClass, areaPixels, maskSha256 });

  const none = `No tumor: removes the mask, ${px} (X)`;
  await page.getByRole("button", { name: none, exact: true }).click();
  await expect(page.getByText(`Saved as version ${slice.version + 2}: no tumor`)).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({ act: "STATED", labelClass: "NO_TUMOR", maskSha256: null });

  await page.getByRole("button", { name: "Tumor: no mask yet (Shift X)", exact: true }).click();
  await expect(page.getByText(`Saved as version ${slice.version + 3}: tumor`)).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({ act: "STATED", labelClass: "TUMOR", maskSha256: null });
});

test("words that are typed while the pictures have no focus store nothing and lead nowhere", async ({
  page,
}) => {
  const slice = await sliceOf(phantom);
  await openSlice(page, slice);
  const url = page.url();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.type("normal study");
  await expect(lastDecision(page)).toContainText(
    "letter keys work while the pictures or the strip have the focus",
  );
  expect(page.url()).toBe(url);
  expect((await newestLabel(slice)).version).toBe(slice.version);
  await expect(page.getByRole("button", { name: /^Mask: label/ })).toHaveAttribute("aria-pressed", "true");

  // With a click on a picture they are keys again.
  await page.keyboard.press("F6");
  await expect(page.getByRole("region", { name: "Pictures" })).toBeFocused();
  await page.keyboard.press("a");
  await expect(page.getByText(`Saved as version ${slice.version + 1}:`)).toBeVisible();
});

test("keys are found on Cyrillic, AZERTY and AltGr layouts, as Chromium reports them", async ({ page }) => {
  const slice = await sliceOf(phantom);
  await openSlice(page, slice);
  await press(page, { key: "и", code: "KeyB" });
  await expect(page.getByRole("button", { name: "Brush (B)" })).toHaveAttribute("aria-pressed", "true");
  const width = page.getByRole("status", { name: "Brush width" });
  const before = await width.textContent();
  await press(page, { key: "]", code: "Minus", ctrlKey: true, altKey: true, modifierAltGraph: true });
  await expect(width).not.toHaveText(before!);
  await press(page, { key: "Dead", code: "BracketLeft" });
  await expect(width).toHaveText(before!);
  // On AZERTY Q lies where a US keyboard has A.
  await press(page, { key: "q", code: "KeyA" });
  expect((await newestLabel(slice)).version).toBe(slice.version);
  await press(page, { key: "a", code: "KeyQ" });
  await expect(page.getByText(`Saved as version ${slice.version + 1}:`)).toBeVisible();
  await press(page, { key: "я", code: "KeyZ", ctrlKey: true });
  await expect(lastDecision(page)).toContainText("is as before");
});

test("a lesion missed on five slices takes two drags, eight keys and one save, which one undo takes back", async ({
  page,
}) => {
  const slices = await slicesOf(phantom);
  const start = slices.findIndex((_, at) => at > 0 && slices.slice(at, at + 5).every(isFree));
  const five = slices.slice(start, start + 5);
  expect(five).toHaveLength(5);
  await openSlice(page, five[0]!);
  const keys = ["b", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "j", "Shift+S", "1"];
  await page.keyboard.press(keys[0]!);
  await drag(page, five[0]!, [
    [100, 100],
    [130, 104],
    [104, 120],
  ]);
  for (const key of keys.slice(1, 5)) await page.keyboard.press(key);
  await untilReady(page, five[4]!.position);
  await drag(page, five[4]!, [
    [104, 102],
    [134, 108],
    [108, 124],
  ]);
  await page.keyboard.press(keys[5]!);
  await expect(drawingStatus(page)).toContainText("Drawn between slices");
  await page.keyboard.press(keys[6]!);
  const question = page.getByRole("dialog", { name: "Save 5 drawings?" });
  for (const { position } of five) await expect(question).toContainText(`Slice ${position}: tumor, mask`);
  await page.keyboard.press(keys[7]!);
  const named = five.map(({ position }) => position).join(", ");
  await expect(lastDecision(page)).toContainText(`Slices ${named}: drawings saved`);
  const saved = await Promise.all(five.map(newestLabel));
  expect(saved.map(({ version }) => version)).toEqual(five.map(({ version }) => version + 1));
  const batches = await query(
    `SELECT DISTINCT "batchId", "act", "maskOrigin" FROM "Label" WHERE "id" = ANY ($1::uuid[])`,
    [saved.map(({ id }) => id)],
  );
  expect(batches).toEqual([{ batchId: expect.any(String), act: "DRAWN", maskOrigin: "PERSON" }]);

  // The drawings are labels: nothing is left to undo in them.
  await page.keyboard.press("Control+z");
  await expect(lastDecision(page)).toContainText(`Slices ${named} are as before`);
  const after = await Promise.all(five.map(newestLabel));
  expect(after.map(({ act, areaPixels }) => [act, areaPixels ?? 0])).toEqual(five.map(() => ["UNDONE", 0]));
});

const isFree = (slice: Slice) => isWithoutMask(slice) && !slice.isDrawnOn;

type Pressed = Pick<KeyboardEventInit, "key" | "code" | "ctrlKey" | "altKey" | "modifierAltGraph">;

/** A key press as Chromium reports it on other keyboards, at what has the focus. */
async function press(page: Page, init: Pressed) {
  await page.evaluate((given) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { ...given, bubbles: true }));
  }, init);
}
