import type { Page } from "@playwright/test";
import { query } from "./support/installation";
import { drag } from "./support/pen";
import { newestLabel, untilReady } from "./support/reading-room";
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

test.beforeAll(async () => {
  const missing = `SELECT count(*)::int AS "missing" FROM "Slice" s JOIN "Study" t ON t."id" = s."studyId"
    WHERE t."cohort" = 'PHANTOM' AND NOT EXISTS (
      SELECT FROM "Prediction" p JOIN "Model" m ON m."id" = p."modelId" AND m."state" = 'PRODUCTION'
      WHERE p."sliceId" = s."id")`;
  const count = async () => (await query<{ missing: number }>(missing))[0]!.missing;
  await expect.poll(count, { message: "slices without a prediction", timeout: 150_000 }).toBe(0);
});

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
  // One name for a key, and one place in the menu: the list that the reader came from.
  await expect(page.getByRole("button", { name: /^Next flagged/ })).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current]")).toHaveText(
    "Flagged",
  );

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
