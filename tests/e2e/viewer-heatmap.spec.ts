import { query, queryOne } from "./support/installation";
import { expect, test } from "./support/test";
import { openSlice, type SliceRecord, views } from "./support/viewer";

/** The heatmap of a slice: asked for once, kept, switched off and on. */

test.use({ as: "READER" });

/** A predicted slice of the demo that nobody has asked about, and that is not read blind. */
const unexplained = `
  SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
  JOIN "Study" ON "Study"."id" = "studyId" JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
  JOIN "Model" ON "Model"."id" = "modelId" AND "Model"."state" = 'PRODUCTION'
  JOIN "Patient" ON "Patient"."id" = "patientId" AND "split" IS DISTINCT FROM 'TEST'
  WHERE "Study"."key" LIKE 'PHANTOM%' AND "predictedClass" = 'TUMOR' AND NOT EXISTS (
    SELECT 1 FROM "Job" WHERE "kind" = 'explain-slice' AND "payload"->>'sliceId' = "Slice"."id"::text)
  ORDER BY "Study"."key", "position" LIMIT 1`;

test("H asks for it once and shows it with its legend; off and on again, and after a reload, nothing is asked again", async ({
  page,
}) => {
  test.setTimeout(360_000);
  await expect
    .poll(async () => (await query(unexplained)).length, { message: "a predicted slice", timeout: 150_000 })
    .toBe(1);
  const slice = await queryOne<SliceRecord>(unexplained);
  const jobs = async () =>
    (
      await queryOne<{ count: number }>(
        `SELECT count(*)::int FROM "Job" WHERE "kind" = 'explain-slice' AND "payload"->>'sliceId' = $1`,
        [slice.id],
      )
    ).count;
  await openSlice(page, slice);
  const legend = page.getByRole("region", { name: "Heatmap", exact: true });
  const layers = page.locator("[data-heatmap] canvas");
  await expect(legend).toHaveCount(0);
  await expect(layers).toHaveCount(0);
  expect(await jobs()).toBe(0);

  await page.keyboard.press("h");
  await expect(page.getByRole("button", { name: /^Heatmap/ })).toHaveAttribute("aria-pressed", "true");
  await expect(legend).toContainText("Shows where the network looked, 8 × 8 cells", { timeout: 120_000 });
  await expect(legend).toContainText(/\+ for tumor, \+\d+\.\d\d/);
  await expect(layers).toHaveCount(await views(page).count());
  // It is painted, and not alike all over.
  const strengths = await layers.first().evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return [...new Set(data.filter((_, at) => at % 4 === 3))];
  });
  expect(Math.max(...strengths)).toBe(255);
  expect(strengths.length).toBeGreaterThan(10);
  expect(await jobs()).toBe(1);

  await page.keyboard.press("h");
  await expect(legend).toHaveCount(0);
  await expect(layers).toHaveCount(0);
  await page.keyboard.press("h");
  await expect(layers).toHaveCount(await views(page).count());
  expect(await jobs()).toBe(1);

  await page.reload();
  await expect(views(page).first()).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("h");
  await expect(layers).toHaveCount(await views(page).count());
  await expect(legend).toContainText("Shows where the network looked");
  expect(await jobs()).toBe(1);
});
