import type { Page } from "@playwright/test";
import { type Client, callAction } from "./support/call-action";
import { builtActions } from "./support/entry-points";
import { demoAccount, type Numbered, productionModel, query, queryOne, sulcus } from "./support/installation";
import { signInByForm } from "./support/session";
import { expect, test } from "./support/test";

/** The main job's second half, from a request for a better model to one that is promoted, on the demo's phantoms. */

test.describe.configure({ mode: "serial" });

/** What tests hand on to those after them. */
let before: Numbered;
let candidate: Numbered & { state: string };
let runPath: string;

test.beforeAll(async () => {
  before = await productionModel();
});

test.describe("a reader asks for a better model", () => {
  test("a run is asked for, watched live and ends with a candidate", async ({ page }) => {
    await signInByForm(page, demoAccount("READER"));
    await page.getByRole("link", { name: "Training", exact: true }).click();
    await page.getByText("Parameters").click();
    await page.getByLabel("Epochs", { exact: true }).fill("4");
    await page.getByLabel("Reason (optional)").fill("two corrections");
    await page.getByRole("button", { name: "Start training" }).click();
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
          name: `Model ${candidate.number} compared with model ${before.number}, in production`,
        }),
      ).toBeVisible();
      const [own, other] = await Promise.all(
        [candidate, before].map((model) => newestFigures(model, runPath)),
      );
      expect(own!.patients).toBe(other!.patients);
      const comparison = page.getByRole("region", { name: /^Model \d+ compared with model/ });
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
      expect((await productionModel()).id).toBe(before.id);
    });
  });
});

test.describe("an admin promotes", () => {
  test.use({ as: "ADMIN" });

  test("after promotion every page speaks with the new model's predictions", async ({ page }) => {
    const study = await queryOne<{ id: string }>(
      `SELECT "Study"."id" FROM "Study" JOIN "Patient" ON "Patient"."id" = "patientId"
       WHERE "Study"."key" LIKE 'PHANTOM%' AND "split" IS DISTINCT FROM 'TEST' ORDER BY "Study"."key" LIMIT 1`,
    );
    const old = await predictionsOnScreen(page, study.id);
    expect(old).toEqual(await predictionsInDatabase(study.id, before.id));

    await page.goto(`/models/${candidate.id}`);
    await page.getByRole("button", { name: `Promote model ${candidate.number}` }).click();
    const dialog = page.getByRole("dialog", { name: `Promote model ${candidate.number}?` });
    await expect(dialog).toContainText(`Model ${candidate.number} replaces model ${before.number}.`);
    await expect(dialog.getByRole("region", { name: "Gate" })).toContainText("passed");
    await dialog.getByRole("button", { name: `Put model ${candidate.number} into production` }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("in production");
    await expect(page.getByRole("banner")).toContainText(`Model ${candidate.number} in production`);

    await page.goto("/worklist?cohort=PHANTOM");
    const rows = page.getByRole("table", { name: "Studies" }).getByRole("row");
    await expect(rows.filter({ hasText: /no prediction|waiting/ })).toHaveCount(0, { timeout: 120_000 });

    const now = await predictionsOnScreen(page, study.id);
    expect(now).toEqual(await predictionsInDatabase(study.id, candidate.id));
    expect(now).not.toEqual(old);
    await expect(page.getByRole("region", { name: "Prediction", exact: true })).toContainText(
      `Model ${candidate.number}`,
    );
    expect(await sulcus("status")).toMatchObject({ production: candidate.number });
  });
});

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
