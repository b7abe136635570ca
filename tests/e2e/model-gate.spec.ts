import type { BrowserContext, Page } from "@playwright/test";
import {
  type Account,
  demoAccount,
  type Numbered,
  productionModel,
  query,
  queryOne,
  sulcus,
} from "./support/installation";
import { signInByForm } from "./support/session";
import { expect, test, watch } from "./support/test";

/** The gate on the pages: a worse candidate, the rule of two people, a promotion by another admin, and the way back. */

test.describe.configure({ mode: "serial" });
test.use({ as: "ADMIN" });

let before: Numbered;
let candidate: Numbered;
let second: Account;
let secondContext: BrowserContext;
let secondPage: Page;
let problems: string[];

test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(600_000);
  before = await productionModel();
  // Asked for from the command line; it becomes the demo admin's own run.
  const run = (await sulcus("train", "--wait", "--cohort", "phantom", "--seed", "7")) as { id: string };
  await query(
    `UPDATE "TrainingRun" SET "requestedById" = (SELECT "id" FROM "User" WHERE "email" = $2) WHERE "id" = $1`,
    [run.id, demoAccount("ADMIN").email],
  );
  candidate = await queryOne(`SELECT "id", "number" FROM "Model" WHERE "runId" = $1`, [run.id]);
  const email = `second-${candidate.id}@demo.sulcus`;
  const added = (await sulcus("user", "add", email, "--role", "admin", "--name", "Second Admin")) as {
    password: string;
  };
  second = { email, password: added.password };
  secondContext = await browser.newContext({ baseURL });
  secondPage = await secondContext.newPage();
  problems = watch(secondPage);
});
test.afterAll(async () => {
  await secondContext.close();
  await query(`UPDATE "User" SET "deactivatedAt" = now() WHERE "email" = $1`, [second.email]);
  expect(problems).toEqual([]);
});

test("a candidate that is worse is refused in words, figure by figure; rejected, its reason stays on its page", async ({
  page,
}) => {
  const worse = await makeWorse();
  await page.goto("/models");
  const row = page.getByRole("row", { name: new RegExp(`^Model ${worse.number} `) });
  await expect(row).toContainText("Gate: failed");

  await page.goto(`/models/${worse.id}`);
  const gate = page.getByRole("region", { name: `Gate beside model ${before.number}` });
  await expect(gate.getByRole("row", { name: /^ROC AUC/ })).toContainText(
    /−0\.3000.*−0\.4000 to −0\.2000.*failed/,
  );
  await page.getByRole("button", { name: `Promote model ${worse.number}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Promotion blocked");
  await expect(dialog).toContainText(/ROC AUC failed: it differs by −0\.300/);
  await expect(
    dialog.getByRole("button", { name: `Put model ${worse.number} into production` }),
  ).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: `Promote model ${worse.number}` })).toBeFocused();

  await page.getByRole("button", { name: `Reject model ${worse.number}` }).click();
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await dialog.getByRole("textbox").fill("it misses one lesion in three");
  await dialog.getByRole("button", { name: `Reject model ${worse.number}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("rejected");
  await expect(page.getByRole("list", { name: /^Decisions/ })).toContainText("it misses one lesion in three");
  expect((await productionModel()).id).toBe(before.id);
});

test("who asked for the run cannot promote; another admin sees what changes and does", async ({ page }) => {
  await page.goto(`/models/${candidate.id}`);
  await page.getByRole("button", { name: `Promote model ${candidate.number}` }).click();
  const mine = page.getByRole("dialog");
  await expect(mine).toContainText("another admin has to promote it");
  await expect(mine.getByRole("button", { name: /^Put model/ })).toBeDisabled();

  await predicted(candidate);
  await signInByForm(secondPage, second);
  await secondPage.goto(`/models/${candidate.id}`);
  await expect(secondPage.getByRole("region", { name: /^Gate/ })).toContainText(
    /It passed on \d+ patients \(\d+ slices\)/,
  );
  await secondPage.getByRole("button", { name: `Promote model ${candidate.number}` }).click();
  const dialog = secondPage.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "Gate" })).toContainText("passed");
  const flips = await flipsBetween(before, candidate);
  if (flips > 0) {
    const changes = dialog.getByRole("region", { name: "Slices that change class" });
    await expect(changes).toContainText(`${flips} ${flips === 1 ? "slice changes" : "slices change"} class`);
    await changes.getByText(/^(All slices|The first)/).click();
    // Those of test patients that nobody has decided on are not named.
    const named = await flipsBetween(before, candidate, { blind: true });
    await expect(changes.getByRole("link")).toHaveCount(Math.min(named, 50));
  }
  await dialog.getByRole("button", { name: /^Put model/ }).click();
  await expect(secondPage.getByRole("heading", { level: 1 })).toContainText("in production");
  await expect(secondPage.getByRole("list", { name: /^Decisions/ })).toContainText(
    `was promoted, replacing model ${before.number}`,
  );
  expect((await productionModel()).id).toBe(candidate.id);
});

test("the model before is put back for a reason, and pages speak with it at once", async ({ page }) => {
  await page.goto(`/models/${candidate.id}`);
  await page.getByRole("button", { name: `Roll back to model ${before.number}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`Model ${before.number} replaces model ${candidate.number}.`);
  const confirm = dialog.getByRole("button", { name: `Restore model ${before.number}` });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill("readers saw it miss small lesions");
  await confirm.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("retired");
  await expect(page.getByRole("banner")).toContainText(`Model ${before.number} in production`);
  const newest = page
    .getByRole("list", { name: /^Decisions/ })
    .getByRole("listitem")
    .first();
  await expect(newest).toContainText(`Model ${before.number} was restored`);
  await expect(newest).toContainText("readers saw it miss small lesions");

  const { id } = await queryOne<{ id: string }>(
    `SELECT "Study"."id" FROM "Study" JOIN "Patient" ON "Patient"."id" = "patientId"
       WHERE "Study"."key" LIKE 'PHANTOM%' AND "split" IS DISTINCT FROM 'TEST' ORDER BY "Study"."key" LIMIT 1`,
  );
  await page.goto(`/studies/${id}`);
  await expect(page.getByRole("region", { name: "Prediction", exact: true })).toContainText(
    `Model ${before.number}`,
  );
});

/** A candidate with the real one's figures, but with differences that no gate lets pass; its file is some file. */
async function makeWorse(): Promise<Numbered> {
  // One statement: a model's patients are written with it, and never later.
  const worse = await queryOne<Numbered>(
    `WITH worse AS (
       INSERT INTO "Model" ("id", "number", "artifactSha256", "baseSha256", "state", "cohort", "threshold", "temperature", "card")
       SELECT gen_random_uuid(), (SELECT max("number") + 1 FROM "Model"),
         (SELECT "fileSha256" FROM "Slice" ORDER BY "id" LIMIT 1), "baseSha256", 'CANDIDATE', "cohort", "threshold", "temperature", '{}'
       FROM "Model" WHERE "id" = $1 RETURNING "id", "number"
     ), patients AS (
       INSERT INTO "ModelPatient" ("modelId", "hashedKey", "split")
       SELECT worse."id", "hashedKey", "split" FROM worse, "ModelPatient" WHERE "modelId" = $1
     )
     SELECT "id", "number" FROM worse`,
    [candidate.id],
  );
  await query(
    `INSERT INTO "Evaluation" ("id", "modelId", "snapshotId", "comparedWithId", "partnerId", "metrics", "patients", "slices", "differences")
     SELECT gen_random_uuid(), $1, "snapshotId", "comparedWithId", "partnerId", "metrics", "patients", "slices",
       "differences" || '{"auc": {"value": -0.3, "low": -0.4, "high": -0.2}}'
     FROM "Evaluation" WHERE "modelId" = $2 AND "comparedWithId" = $3`,
    [worse.id, candidate.id, before.id],
  );
  return worse;
}

/** Waits until a model has predicted every slice that production has. */
async function predicted(model: Numbered) {
  const lacking = () =>
    queryOne<{ count: number }>(
      `SELECT count(*)::int FROM "Prediction" p WHERE p."modelId" = $2
       AND NOT EXISTS (SELECT FROM "Prediction" q WHERE q."sliceId" = p."sliceId" AND q."modelId" = $1)`,
      [model.id, before.id],
    );
  await expect.poll(async () => (await lacking()).count, { timeout: 120_000 }).toBe(0);
}

/** Slices that the two call different classes; `blind` leaves out studies of test patients. */
async function flipsBetween(one: Numbered, other: Numbered, { blind = false } = {}): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    `SELECT count(*)::int FROM "Prediction" a JOIN "Prediction" b USING ("sliceId")
     JOIN "Slice" s ON s."id" = "sliceId" JOIN "Study" t ON t."id" = s."studyId"
     JOIN "Patient" p ON p."id" = t."patientId"
     WHERE a."modelId" = $1 AND b."modelId" = $2 AND a."predictedClass" <> b."predictedClass"
       AND NOT ($3 AND p."split" IS NOT DISTINCT FROM 'TEST' AND t."correctedSlices" < t."sliceCount")`,
    [one.id, other.id, blind],
  );
  return count;
}
