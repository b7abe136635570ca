import type { Page } from "@playwright/test";
import { demoAccount, type Numbered, productionModel, query, queryOne } from "./support/installation";
import { brightnessOf } from "./support/pixels";
import { expect, test } from "./support/test";

/** The main job's first half, from sign-in to a corrected label, on the demo's phantoms. */

test.describe.configure({ mode: "serial" });

let production: Numbered;
test.beforeAll(async () => {
  production = await productionModel();
});

test("signing in: a wrong password is refused in words, the right one leads to the worklist", async ({
  page,
  provoked,
}) => {
  provoked.push(/^401: POST .*\/api\/auth\/callback\/credentials/);
  const { email, password } = demoAccount("ADMIN");
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(`${password}?`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Password").press("Enter");
  await expect(page.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();
  await expect(page.getByText("Demo admin")).toBeVisible();
});

test.describe("an admin reviews", () => {
  test.use({ as: "ADMIN" });

  test("the worklist fills with the demo's phantoms and predictions by itself", async ({ page }) => {
    await page.goto("/worklist?cohort=PHANTOM");
    const rows = page.getByRole("table", { name: "Studies" }).getByRole("row");
    await expect(rows).toHaveCount(1 + 12, { timeout: 160_000 });
    await expect(rows.filter({ hasText: /no prediction|waiting/ })).toHaveCount(0, { timeout: 160_000 });

    const studies = await query<{ key: string; slices: number; predicted: number; tumor: number }>(
      `SELECT "Study"."key", count("Slice"."id")::int AS "slices", count("Prediction"."id")::int AS "predicted",
         count(*) FILTER (WHERE "Prediction"."predictedClass" = 'TUMOR')::int AS "tumor"
       FROM "Study" JOIN "Slice" ON "Slice"."studyId" = "Study"."id"
       LEFT JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id" AND "Prediction"."modelId" = $1
       WHERE "Study"."key" LIKE 'PHANTOM%' GROUP BY "Study"."key"`,
      [production.id],
    );
    for (const { key, slices, predicted, tumor } of studies) {
      expect(predicted).toBe(slices);
      await expect(rows.filter({ hasText: key })).toContainText(`${tumor} of ${slices}`);
    }
  });

  test("a flagged slice opens in the viewer with its picture, its prediction and its neighbours", async ({
    page,
  }) => {
    await page.goto("/flagged?cohort=PHANTOM");
    const first = page.getByRole("table").getByRole("row").nth(1);
    const pTumor = await first.getByRole("cell").nth(5).innerText();
    await first.getByRole("link").click();

    const flair = page.getByRole("region", { name: /^FLAIR, slice/ });
    await expect(flair).toHaveAttribute("aria-busy", "false");
    const { lit, bright, middle, pixels } = await brightnessOf(flair);
    expect(lit).toBeGreaterThan(0.1);
    expect(bright).toBeGreaterThan(120);
    expect(middle).toBeGreaterThan(40);

    const prediction = page.getByRole("region", { name: "Prediction", exact: true });
    await expect(prediction).toContainText(`Model ${production.number}`);
    await expect(prediction).toContainText(`P(tumor) ${pTumor}`);
    await expect(prediction).toContainText(
      /(high|moderate|low) confidence [<>\d ]+%|[\d ]+%, (just )?(above|below) the cut-off/,
    );
    await expect(prediction).toContainText("Flagged");

    const here = await positionOnScreen(page);
    await flair.hover();
    await page.mouse.wheel(0, here > 2 ? -120 : 120);
    await expect(
      page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]"),
    ).toHaveAccessibleName(new RegExp(`^Slice ${here > 2 ? here - 1 : here + 1},`));
    await expect(flair).toHaveAttribute("aria-busy", "false");
    expect((await brightnessOf(flair)).pixels.equals(pixels)).toBe(false);
  });

  test("a slice's class is corrected by one key; strip, history and database have it, also after a reload", async ({
    page,
  }) => {
    const slice = await queryOne<Slice>(
      `${slices} AND "predictedClass" = 'NO_TUMOR' AND "onFile"."labelClass" = 'NO_TUMOR' ${mostDoubtful}`,
      [production.id],
    );
    await openSlice(page, slice);
    await page.getByRole("textbox", { name: "Note (optional)" }).fill("small lesion at the edge");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+X");
    await expect(page.getByText(`Saved as version ${slice.version + 1}: tumor`)).toBeVisible();

    for (const look of ["at once", "after a reload"]) {
      if (look === "after a reload") await page.reload();
      await expect(stripItem(page, slice)).toHaveAccessibleName(/tumor labelled.*changed$/);
      const newest = history(page).first();
      await expect(newest).toContainText(`Version ${slice.version + 1} · tumor`);
      await expect(newest).toContainText("Demo admin");
      await expect(newest).toContainText("small lesion at the edge");
    }
    expect(await newestLabel(slice)).toMatchObject({
      version: slice.version + 1,
      labelClass: "TUMOR",
      source: "HUMAN",
    });
  });

  test("the model's label and mask are used by a button, and what goes is asked about", async ({ page }) => {
    const slice = await queryOne<Slice>(
      `${slices} AND "predictedClass" = 'TUMOR' AND "Prediction"."maskSha256" IS NOT NULL ${mostDoubtful}`,
      [production.id],
    );
    await openSlice(page, slice);
    await page.getByRole("button", { name: /^Use the model’s label and mask: .* \(Y\)$/ }).click();
    const saved = page.getByText(`Saved as version ${slice.version + 1}: tumor with the model's mask`);
    const question = page.getByRole("dialog", { name: "Replace the mask on file?" });
    // Asked where the two masks differ much.
    await expect(saved.or(question)).toBeVisible();
    if (await question.isVisible()) await page.keyboard.press("2");
    await expect(saved).toBeVisible();
    await expect(stripItem(page, slice)).toHaveAccessibleName(/tumor labelled.*agreed$/);
    await page.reload();
    await expect(history(page).first()).toContainText(
      new RegExp(
        `Version ${slice.version + 1} · tumor, [\\d,]+ px.*model ${production.number}, used by Demo admin`,
      ),
    );

    const label = await newestLabel(slice);
    expect(label).toMatchObject({ labelClass: "TUMOR", source: "MODEL" });
    const [accepted, proposed] = await Promise.all(
      [`/api/labels/${label.id}/mask`, `/api/slices/${slice.id}/proposed-mask`].map(async (path) =>
        (await page.request.get(path)).body(),
      ),
    );
    expect(accepted!.equals(proposed!)).toBe(true);
    expect(accepted!.filter((value) => value === 1).length).toBe(label.areaPixels);
  });
});

interface Slice {
  id: string;
  studyId: string;
  position: number;
  /** Of its current label. */
  version: number;
}
/** Slices of phantoms with their prediction by the model `$1`. */
const slices = `
  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position",
    (SELECT coalesce(max("version"), 0) FROM "Label" WHERE "sliceId" = "Slice"."id")::int AS "version"
  FROM "Slice" JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id" AND "Prediction"."modelId" = $1
  LEFT JOIN "Label" AS "onFile" ON "onFile"."id" = "Slice"."currentLabelId"
  WHERE "fileName" LIKE '%PHANTOM%'`;
const mostDoubtful = `ORDER BY "confidence", "Slice"."id" LIMIT 1`;

async function openSlice(page: Page, { studyId, position }: Slice) {
  await page.goto(`/studies/${studyId}?slice=${position}`);
  // Nobody decides on a slice before its picture is there.
  await expect(page.getByRole("button", { name: /^Unsure: .* \(U\)$/ })).toHaveAttribute(
    "aria-disabled",
    "false",
  );
}

function stripItem(page: Page, { position }: Slice) {
  return page.getByRole("navigation", { name: "Slices" }).getByRole("button", { name: `Slice ${position},` });
}

function history(page: Page) {
  return page.getByRole("list", { name: "Label versions, newest first" }).getByRole("listitem");
}

function newestLabel({ id }: Slice) {
  return queryOne<{ id: string; version: number; labelClass: string; source: string; areaPixels: number }>(
    `SELECT * FROM "Label" WHERE "sliceId" = $1 ORDER BY "version" DESC LIMIT 1`,
    [id],
  );
}

async function positionOnScreen(page: Page): Promise<number> {
  const current = page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]");
  return Number(/^Slice (\d+),/.exec((await current.getAttribute("aria-label"))!)![1]);
}
