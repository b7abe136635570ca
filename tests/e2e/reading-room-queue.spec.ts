import type { Page } from "@playwright/test";
import { query } from "./support/installation";
import { drag } from "./support/pen";
import { currentItem, newestLabel, unsavedList, untilReady } from "./support/reading-room";
import { expect, test } from "./support/test";

/** Going through the flagged slices one by one. */

test.use({ as: "READER" });

interface Flagged {
  rows: number;
  columns: number;
  id: string;
  studyId: string;
  position: number;
}

/** Flagged phantoms' slices with one reason, as the list has them. */
const inOrder = (reason: string) =>
  query<Flagged>(
    `SELECT s."id", s."studyId", s."position", s."rows", s."columns" FROM "Flag" f
     JOIN "Model" m ON m."id" = f."modelId" AND m."state" = 'PRODUCTION'
     JOIN "Slice" s ON s."id" = f."sliceId" JOIN "Study" t ON t."id" = s."studyId"
     JOIN "Patient" p ON p."id" = t."patientId"
     WHERE f."reason"::text = $1 AND f."cohort" = 'PHANTOM' AND p."split" IS DISTINCT FROM 'TEST'
     ORDER BY f."confidence", s."id"`,
    [reason],
  );

const bar = (page: Page) => page.getByRole("region", { name: "Queue" });
const standing = (page: Page) => bar(page).getByRole("status");
const at = async (page: Page, { studyId, position }: Flagged) => {
  await expect(page).toHaveURL(new RegExp(`/studies/${studyId}\\?.*slice=${position}(&|$)`));
  await untilReady(page, position);
};

test("keeps the list's filter and order, counts down, skips, goes back and survives a reload", async ({
  page,
}) => {
  const flagged = await inOrder("LOW_CONFIDENCE");
  const [first, second, third] = flagged as [Flagged, Flagged, Flagged];
  const total = flagged.length;
  expect(total).toBeGreaterThan(3);
  await page.goto("/flagged?reason=LOW_CONFIDENCE&cohort=PHANTOM");
  await page.getByRole("link", { name: /^Start review/ }).click();
  await at(page, first);
  await expect(bar(page)).toContainText("Flagged (low confidence), phantoms");
  await expect(standing(page)).toHaveText(`1 of ${total} · ${total - 1} left`);
  await expect(bar(page).getByRole("button", { name: /^Back/ })).toBeDisabled();

  const before = await newestLabel(first);
  await page.keyboard.press("a");
  await at(page, second);
  await expect(standing(page)).toHaveText(`2 of ${total} · ${total - 2} left`);
  expect(await newestLabel(first)).toMatchObject({ act: "KEPT", maskSha256: before.maskSha256 });

  await page.keyboard.press("n");
  await at(page, third);
  await expect(standing(page)).toHaveText(`3 of ${total} · ${total - 3} left · 1 before it still flagged`);
  await page.reload();
  await at(page, third);
  await expect(standing(page)).toHaveText(`3 of ${total} · ${total - 3} left · 1 before it still flagged`);
  await page.keyboard.press("Shift+B");
  await at(page, second);
  await expect(standing(page)).toHaveText(`2 of ${total} · ${total - 2} left`);

  // Undo after the automatic advance goes back in the queue.
  await page.keyboard.press("a");
  await at(page, third);
  await page.keyboard.press("Control+z");
  await at(page, second);
  await expect(standing(page)).toContainText(`2 of ${total}`);
  expect((await newestLabel(second)).source).toBe("IMPORTED");

  await bar(page).getByLabel("Next after a decision").uncheck();
  await page.keyboard.press("a");
  await expect(page.getByText(/^✓ Saved as version/)).toBeVisible();
  await at(page, second);
  await bar(page).getByLabel("Next after a decision").check();
  await bar(page).getByRole("link", { name: "Back to list" }).click();
  await expect(page).toHaveURL(/\/flagged\?reason=LOW_CONFIDENCE&patients=TRAINING&cohort=PHANTOM$/);
});

test("a lesion missed on five slices is drawn on two, interpolated and saved at once: 8 keys, 2 drags", async ({
  page,
}) => {
  const [from] = await query<Flagged>(
    `SELECT s."id", s."studyId", s."position", s."rows", s."columns" FROM "Slice" s JOIN "Study" t ON t."id" = s."studyId"
     WHERE t."cohort" = 'PHANTOM' AND (
       SELECT count(*) FROM "Slice" o JOIN "Label" l ON l."id" = o."currentLabelId"
       WHERE o."studyId" = s."studyId" AND o."position" BETWEEN s."position" AND s."position" + 4
         AND l."labelClass" = 'NO_TUMOR' AND NOT EXISTS (SELECT FROM "Draft" d WHERE d."sliceId" = o."id")
     ) = 5 ORDER BY t."key" DESC, s."position" LIMIT 1`,
  );
  if (!from) throw new Error("No five slices without tumor follow each other");
  await page.goto(`/studies/${from.studyId}?slice=${from.position}`);
  await untilReady(page, from.position);
  let keys = 0;
  const press = async (key: string) => {
    keys++;
    await page.keyboard.press(key);
  };
  await press("b");
  await drag(page, from, [
    [100, 100],
    [130, 110],
  ]);
  for (let step = 1; step <= 4; step++) await press("ArrowDown");
  await untilReady(page, from.position + 4);
  await drag(page, from, [
    [100, 104],
    [130, 114],
  ]);
  await press("j");
  await expect(unsavedList(page)).toContainText("and 3 more");
  await press("Shift+S");
  const dialog = page.getByRole("dialog", { name: "Save 5 drawings?" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status", { name: "Last decision" })).toContainText("tumor");
  await expect(unsavedList(page)).toHaveText("");
  expect(keys).toBeLessThanOrEqual(8);

  const saved = await query<{ labelClass: string; areaPixels: number; batchId: string }>(
    `SELECT l."labelClass", l."areaPixels", l."batchId" FROM "Slice" s JOIN "Label" l ON l."id" = s."currentLabelId"
     WHERE s."studyId" = $1 AND s."position" BETWEEN $2 AND $2 + 4`,
    [from.studyId, from.position],
  );
  expect(saved).toHaveLength(5);
  for (const { labelClass, areaPixels } of saved) {
    expect(labelClass).toBe("TUMOR");
    expect(areaPixels).toBeGreaterThan(50);
  }
  expect(new Set(saved.map(({ batchId }) => batchId)).size).toBe(1);
  // One undo takes all five back.
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("status", { name: "Last decision" })).toContainText("as before");
  await expect(currentItem(page)).toBeVisible();
});

test("a drawing that is not saved is named on every other page, and leads back", async ({ page }) => {
  const [slice] = await inOrder("LOW_CONFIDENCE");
  await page.goto(`/studies/${slice!.studyId}?slice=${slice!.position}`);
  await untilReady(page, slice!.position);
  await page.keyboard.press("b");
  await drag(page, slice!, [
    [60, 60],
    [80, 70],
  ]);
  await expect(page.getByText(/kept on the server/)).toBeVisible();
  await page.goto("/worklist");
  await page.getByRole("button", { name: /unsaved drawing/ }).click();
  const place = page.getByRole("dialog", { name: "Unsaved drawings" });
  await place.locator(`a[href^="/studies/${slice!.studyId}"]`).first().click();
  await at(page, slice!);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.goto("/flagged");
  const drafts = (await (await page.request.get("/api/drafts")).json()) as {
    drawings: { sliceId: string }[];
  };
  expect(drafts.drawings.map(({ sliceId }) => sliceId)).not.toContain(slice!.id);
});
