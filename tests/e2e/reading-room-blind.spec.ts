import type { Page, Response } from "@playwright/test";
import { query, queryOne } from "./support/installation";
import { newestLabel, openSlice, type Slice, slicesOf } from "./support/reading-room";
import { expect, test } from "./support/test";

/** A patient kept for testing: nothing of the prediction reaches the browser before a decision. */

test.use({ as: "READER" });

/** A phantom that is kept for testing, by a training run before or from now on, with a slice nobody has decided on. */
async function testSlice(): Promise<Slice> {
  const known = await query<{ phantom: string }>(
    `SELECT substring("key" from '_(\\d{4})$') AS "phantom" FROM "Patient" WHERE "split" = 'TEST' AND "cohort" = 'PHANTOM'
     ORDER BY 1`,
  );
  if (known.length === 0)
    await query(
      `UPDATE "Patient" SET "split" = 'TEST' WHERE "key" LIKE 'PHANTOM\\_%\\_0011' AND "split" IS NULL`,
    );
  for (const { phantom } of known.length > 0 ? known : [{ phantom: "0011" }]) {
    const slice = (await slicesOf(phantom)).find(
      ({ version, labelSource, areaPixels, isDrawnOn }) =>
        version === 1 && labelSource === "IMPORTED" && areaPixels > 0 && !isDrawnOn,
    );
    if (slice) return slice;
  }
  throw new Error("No slice of a test patient is undecided");
}

/** Bodies of all answers but pictures. */
function watchAnswers(page: Page): () => Promise<string[]> {
  const answers: Promise<string>[] = [];
  page.on("response", (response: Response) => {
    if (/\/(pixels|thumbnail|events|_next)/.test(response.url())) return;
    answers.push(response.text().catch(() => ""));
  });
  return () => Promise.all(answers);
}

test("is read without prediction, mask, heatmap and flags until a decision is stored", async ({ page }) => {
  const slice = await testSlice();
  const prediction = await queryOne<{ pTumor: number; maskSha256: string | null; modelId: string }>(
    `SELECT p."pTumor", p."maskSha256", p."modelId" FROM "Prediction" p JOIN "Model" m ON m."id" = p."modelId"
     WHERE p."sliceId" = $1 AND m."state" = 'PRODUCTION'`,
    [slice.id],
  );
  const answers = watchAnswers(page);
  await page.goto("/worklist?cohort=PHANTOM&filter=testing");
  const row = page.getByRole("row").filter({ has: page.locator(`a[href^="/studies/${slice.studyId}"]`) });
  await expect(row).toContainText("kept for testing");
  await expect(row.getByText("hidden")).toHaveCount(3);

  await openSlice(page, slice);
  const card = page.getByRole("region", { name: "Prediction" });
  await expect(card).toContainText("Kept for testing");
  await expect(card).toContainText("hidden until you have decided");
  await expect(page.getByRole("meter")).toHaveCount(0);
  await expect(page.locator("path[data-mask=proposed]")).toHaveCount(0);
  await expect(
    page.getByRole("button", { name: "Use the model’s label: hidden until you have decided (Y)" }),
  ).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("h");
  await page.keyboard.press("h");
  await page.waitForLoadState("networkidle").catch(() => {});
  const before = (await answers()).join("\n");
  expect(before).toContain(slice.id);
  expect(before).not.toContain(String(prediction.pTumor));
  if (prediction.maskSha256) expect(before).not.toContain(prediction.maskSha256);
  for (const [path, status] of [
    [`/api/slices/${slice.id}/proposed-mask?model=${prediction.modelId}`, 404],
    [`/api/slices/${slice.id}/heatmap?model=${prediction.modelId}`, 200],
  ] as const) {
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(status);
    if (status === 200) expect(await response.json()).toBeNull();
  }

  await page.keyboard.press("a");
  await expect(page.getByText(`Saved as version ${slice.version + 1}`)).toBeVisible();
  await expect(card.getByRole("meter")).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({ act: "KEPT", seenModelId: null, seenPTumor: null });
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("status", { name: "Last decision" })).toContainText("is as before");
  // Nobody forgets what they have seen.
  await expect(card.getByRole("meter")).toBeVisible();
});
