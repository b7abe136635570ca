import type { Page } from "@playwright/test";
import { type Client, callAction } from "./support/call-action";
import { builtActions } from "./support/entry-points";
import { demoAccount, query, queryOne, sulcus } from "./support/installation";
import { brightnessOf } from "./support/pixels";
import { signInByForm } from "./support/session";
import { expect, test } from "./support/test";

/** The main job from sign-in to a promoted model, on the demo's phantoms. */

test.describe.configure({ mode: "serial" });

interface Production {
  id: string;
  number: number;
}
const production = () =>
  queryOne<Production>(`SELECT "id", "number" FROM "Model" WHERE "state" = 'PRODUCTION'`);

/** What tests hand on to those after them. */
let before: Production;
let candidate: { id: string; number: number; state: string };
let runPath: string;

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

    before = await production();
    const studies = await query<{ key: string; slices: number; predicted: number; tumor: number }>(
      `SELECT "Study"."key", count("Slice"."id")::int AS "slices", count("Prediction"."id")::int AS "predicted",
         count(*) FILTER (WHERE "Prediction"."predictedClass" = 'TUMOR')::int AS "tumor"
       FROM "Study" JOIN "Slice" ON "Slice"."studyId" = "Study"."id"
       LEFT JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id" AND "Prediction"."modelId" = $1
       WHERE "Study"."key" LIKE 'PHANTOM%' GROUP BY "Study"."key"`,
      [before.id],
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

    const prediction = page.getByRole("region", { name: "Prediction" });
    await expect(prediction).toContainText(`Model ${before.number}`);
    await expect(prediction).toContainText(`P(tumor) ${pTumor}`);
    await expect(prediction).toContainText(/(high|moderate|low) confidence [<>\d ]+%/);
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
    const slice = await queryOne<Slice>(`${slices} AND "predictedClass" = 'NO_TUMOR' ${mostDoubtful}`, [
      before.id,
    ]);
    await openSlice(page, slice);
    await page.getByRole("textbox", { name: "Note (optional)" }).fill("small lesion at the edge");
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    await expect(page.getByText(`Saved as version ${slice.version + 1}: tumor`)).toBeVisible();

    for (const look of ["at once", "after a reload"]) {
      if (look === "after a reload") await page.reload();
      await expect(stripItem(page, slice)).toHaveAccessibleName(/tumor labelled.*corrected$/);
      const newest = history(page).first();
      await expect(newest).toContainText(`v${slice.version + 1} · tumor`);
      await expect(newest).toContainText("Demo admin");
      await expect(newest).toContainText("small lesion at the edge");
    }
    expect(await newestLabel(slice)).toMatchObject({
      version: slice.version + 1,
      labelClass: "TUMOR",
      source: "HUMAN",
    });
  });

  test("the proposed mask is accepted by a button and becomes the label's mask", async ({ page }) => {
    const slice = await queryOne<Slice>(
      `${slices} AND "predictedClass" = 'TUMOR' AND "Prediction"."maskSha256" IS NOT NULL ${mostDoubtful}`,
      [before.id],
    );
    await openSlice(page, slice);
    await page.getByRole("button", { name: "Accept label and mask (A)" }).click();
    await expect(
      page.getByText(`Saved as version ${slice.version + 1}: tumor with the model's mask`),
    ).toBeVisible();
    await expect(stripItem(page, slice)).toHaveAccessibleName(/tumor labelled.*agreed$/);
    await page.reload();
    await expect(history(page).first()).toContainText(
      new RegExp(`v${slice.version + 1} · tumor, [\\d,]+ px.*model ${before.number}, accepted by Demo admin`),
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

test.describe("a reader asks for a better model", () => {
  test("a run is asked for, watched live and ends with a candidate", async ({ page }) => {
    await signInByForm(page, demoAccount("READER"));
    await page.getByRole("link", { name: "Training", exact: true }).click();
    await page.getByText("Parameters").click();
    await page.getByLabel("Epochs", { exact: true }).fill("4");
    await page.getByLabel("Reason (optional)").fill("two corrections");
    await page.getByRole("button", { name: "Ask for retraining" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Run \d+/ })).toBeVisible();
    runPath = new URL(page.url()).pathname;

    const seen = await watchPhases(page);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("done", { timeout: 160_000 });
    expect((await seen()).length, "states seen without a reload").toBeGreaterThan(1);
    await expect(page.getByRole("region", { name: "Progress" })).toContainText(/Fit: done/);

    candidate = await queryOne(`SELECT "id", "number", "state" FROM "Model" WHERE "runId" = $1`, [
      runPath.split("/").at(-1),
    ]);
    expect(candidate.state).toBe("CANDIDATE");
    const { epochs } = await queryOne<{ epochs: number }>(
      `SELECT max("epoch") AS "epochs" FROM "TrainingEpoch" WHERE "runId" = $1`,
      [runPath.split("/").at(-1)],
    );
    expect(epochs).toBe(4);
    await expect(
      page.getByRole("link", { name: `Compare model ${candidate.number} with production` }),
    ).toBeVisible();
  });

  test.describe("and sees what came of it", () => {
    test.use({ as: "READER" });

    test("the candidate's patient-level figures stand beside production's, with their number of patients", async ({
      page,
    }) => {
      await page.goto("/models");
      const link = page.getByRole("link", { name: `Model ${candidate.number}`, exact: true });
      const row = page.getByRole("row").filter({ has: link });
      await expect(row).toContainText("candidate");
      await expect(row).toContainText(/\d+ phantoms/);
      await link.click();

      await expect(
        page.getByRole("heading", {
          name: `Model ${candidate.number} beside model ${before.number}, in production`,
        }),
      ).toBeVisible();
      const [own, other] = await Promise.all(
        [candidate, before].map((model) => newestFigures(model, runPath)),
      );
      expect(own!.patients).toBe(other!.patients);
      const comparison = page.getByRole("region", { name: /^Model \d+ beside model/ });
      await expect(comparison).toContainText(
        `Both scored on the same ${own!.patients} phantoms, ${own!.slices} slices`,
      );
      for (const [name, figure] of [
        ["ROC AUC", "auc"],
        ["Sensitivity", "sensitivity"],
        ["Specificity", "specificity"],
      ] as const) {
        const cells = comparison.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
        await expect(cells.nth(0)).toContainText(inWords(own!.metrics[figure].value));
        await expect(cells.nth(1)).toContainText(inWords(other!.metrics[figure].value));
      }
    });

    test("a reader cannot promote: no button, and the call is refused", async ({
      page,
      baseURL,
      context,
    }) => {
      await page.goto(`/models/${candidate.id}`);
      await expect(page.getByText("An admin decides whether to promote it.")).toBeVisible();
      await expect(page.getByRole("button", { name: /promote|reject/i })).toHaveCount(0);

      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
      const client: Client = { baseURL: baseURL!, cookie };
      const promote = builtActions().find(({ name }) => name.endsWith(" promoteModelAction"))!;
      const path = `/models/${candidate.id}`;
      const { outcome } = await callAction(client, promote, path, { modelId: candidate.id });
      expect(outcome).toMatchObject({ ok: false, code: "forbidden" });
      expect((await production()).id).toBe(before.id);
    });
  });
});

test.describe("an admin promotes", () => {
  test.use({ as: "ADMIN" });

  test("after promotion every page speaks with the new model's predictions", async ({ page }) => {
    const study = await queryOne<{ id: string }>(
      `SELECT "id" FROM "Study" WHERE "key" LIKE 'PHANTOM%' ORDER BY "key" LIMIT 1`,
    );
    const old = await predictionsOnScreen(page, study.id);
    expect(old).toEqual(await predictionsInDatabase(study.id, before.id));

    await page.goto(`/models/${candidate.id}`);
    await page.getByRole("button", { name: `Promote model ${candidate.number}` }).click();
    const dialog = page.getByRole("dialog", { name: `Promote model ${candidate.number}?` });
    await expect(dialog).toContainText(
      `Model ${candidate.number} takes the place of model ${before.number}.`,
    );
    await expect(dialog.getByRole("region", { name: "Gate" })).toContainText("passed");
    await dialog.getByRole("button", { name: `Put model ${candidate.number} into production` }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("in production");
    await expect(page.getByRole("banner")).toContainText(`Model v${candidate.number} in production`);

    await page.goto("/worklist?cohort=PHANTOM");
    const rows = page.getByRole("table", { name: "Studies" }).getByRole("row");
    await expect(rows.filter({ hasText: /no prediction|waiting/ })).toHaveCount(0, { timeout: 120_000 });

    const now = await predictionsOnScreen(page, study.id);
    expect(now).toEqual(await predictionsInDatabase(study.id, candidate.id));
    expect(now).not.toEqual(old);
    await expect(page.getByRole("region", { name: "Prediction" })).toContainText(`Model ${candidate.number}`);
    expect(await sulcus("status")).toMatchObject({ production: candidate.number });
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
  WHERE "fileName" LIKE '%PHANTOM%'`;
const mostDoubtful = `ORDER BY "confidence", "Slice"."id" LIMIT 1`;

async function openSlice(page: Page, { studyId, position }: Slice) {
  await page.goto(`/studies/${studyId}?slice=${position}`);
  // Nobody decides on a slice before its picture is there.
  await expect(page.getByRole("button", { name: "Cannot tell (U)" })).toHaveAttribute(
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

/** Notes each phase and message of a run that the open page shows; a reload would lose them. */
async function watchPhases(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      const step = document.querySelector("[aria-current=step]")?.textContent;
      const message = document.querySelector("section[aria-label=Progress] [role=status]")?.textContent;
      if (step || message) seen.add(`${step}: ${message}`);
    };
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    look();
    Object.assign(window, { seenPhases: seen });
  });
  return () => page.evaluate(() => [...(window as unknown as { seenPhases: Set<string> }).seenPhases]);
}

interface Figures {
  patients: number;
  slices: number;
  metrics: Record<"auc" | "sensitivity" | "specificity", { value: number | null }>;
}

/** A model's figures on the test patients of a run. */
function newestFigures({ id }: { id: string }, path: string) {
  return queryOne<Figures>(
    `SELECT "patients", "slices", "metrics" FROM "Evaluation" WHERE "modelId" = $1
       AND "snapshotId" = (SELECT "snapshotId" FROM "TrainingRun" WHERE "id" = $2)`,
    [id, path.split("/").at(-1)],
  );
}

function inWords(value: number | null) {
  return value === null ? "undefined" : value.toFixed(3);
}

/** P(tumor) by slice as the study page's strip shows it. */
async function predictionsOnScreen(page: Page, studyId: string): Promise<Record<string, string>> {
  await page.goto(`/studies/${studyId}`);
  const strip = page.getByRole("navigation", { name: "Slices" }).getByRole("button");
  await expect(strip.first()).toBeVisible();
  const names = await strip.evaluateAll((items) => items.map((item) => item.getAttribute("aria-label")!));
  return Object.fromEntries(names.map((name) => /^Slice (\d+), P\(tumor\) ([\d.]+),/.exec(name)!.slice(1)));
}

async function predictionsInDatabase(studyId: string, modelId: string): Promise<Record<string, string>> {
  const rows = await query<{ position: number; pTumor: number }>(
    `SELECT "position", "pTumor" FROM "Prediction" JOIN "Slice" ON "Slice"."id" = "Prediction"."sliceId"
     WHERE "studyId" = $1 AND "modelId" = $2`,
    [studyId, modelId],
  );
  return Object.fromEntries(rows.map(({ position, pTumor }) => [position, pTumor.toFixed(2)]));
}
