import type { Page } from "@playwright/test";
import { demoAccount, productionModel, query, queryOne, sulcus } from "./support/installation";
import { expect, test } from "./support/test";
import { openSlice } from "./support/viewer";

/**
 * The lineage by links alone: model, run, snapshot, a reader's label, and back to the same model; what the pages say of
 * ids and hashes is what the database has. Then the gate of that model, and the health of the system.
 *
 * The model is one that an earlier journey made, where there is one with a reader's label; else one is made here.
 */

test.describe.configure({ mode: "serial" });

interface Lineage {
  modelId: string;
  number: number;
  artifactSha256: string;
  baseSha256: string;
  runId: string;
  runNumber: number;
  snapshotId: string;
  hash: string;
  /** A reader's label that the model learned from. */
  version: number;
  labelClass: "TUMOR" | "NO_TUMOR";
  split: "TRAIN" | "VALIDATION";
  sliceId: string;
  studyId: string;
  studyKey: string;
  position: number;
  readerId: string;
  reader: string;
}
let line: Lineage;
const short = (hash: string) => hash.slice(0, 12);

/** Models that may still be promoted, with what they learned from the demo's reader, the newest first. */
const lineages = () =>
  query<Lineage>(
    `SELECT m."id" AS "modelId", m."number", m."artifactSha256", m."baseSha256", r."id" AS "runId",
       r."number" AS "runNumber", s."id" AS "snapshotId", s."hash", l."version", l."labelClass",
       i."split", sl."id" AS "sliceId", sl."position", st."id" AS "studyId", st."key" AS "studyKey",
       u."id" AS "readerId", u."name" AS "reader"
     FROM "Model" m JOIN "TrainingRun" r ON r."id" = m."runId" JOIN "Snapshot" s ON s."id" = r."snapshotId"
     JOIN "SnapshotItem" i ON i."snapshotId" = s."id" AND i."split" <> 'TEST'
     JOIN "Label" l ON l."id" = i."labelId" AND l."source" = 'HUMAN'
     JOIN "Slice" sl ON sl."id" = i."sliceId" JOIN "Study" st ON st."id" = sl."studyId"
     JOIN "User" u ON u."id" = l."authorId"
     WHERE m."state" IN ('CANDIDATE', 'RETIRED') AND m."cohort" = 'PHANTOM' AND u."email" = $1
     ORDER BY m."number" DESC, l."id"`,
    [demoAccount("READER").email],
  );

test.describe("a reader", () => {
  test.use({ as: "READER" });

  test("has corrected a label that a model learned from", async ({ page }) => {
    test.setTimeout(300_000);
    if ((await lineages()).length === 0) {
      await correctATrainingPatient(page);
      await sulcus("train", "--wait", "--cohort", "phantom", "--seed", "11");
    }
    line = (await lineages())[0]!;
    expect(line).toBeDefined();
  });

  test("goes from a model to its run, its snapshot, and the reader's label in it", async ({ page }) => {
    await page.goto("/worklist");
    await page.getByRole("link", { name: "Models", exact: true }).click();
    await page
      .getByRole("link", { name: `Model ${line.number}`, exact: true })
      .first()
      .click();
    await expectModel(page);
    const lineage = page.getByRole("region", { name: "Lineage" });
    await expect(lineage.locator(`code[title="${line.artifactSha256}"]`)).toHaveText(
      short(line.artifactSha256),
    );
    await expect(lineage.locator(`code[title="${line.baseSha256}"]`)).toHaveText(short(line.baseSha256));
    await expect(lineage.locator(`code[title="${line.hash}"]`)).toHaveText(short(line.hash));

    await lineage.getByRole("link", { name: `Run ${line.runNumber}`, exact: true }).click();
    await expectRun(page);

    await page.getByRole("link", { name: short(line.hash) }).click();
    await expectSnapshot(page);
    await expect(page.getByRole("region", { name: "What is frozen" })).toContainText(line.hash);
    await page.getByRole("button", { name: "Verify the hash" }).click();
    await expect(page.getByText(/^\W*The hash holds: computed again from/)).toBeVisible();

    const share = page.getByRole("region", { name: "Labels", exact: true }).getByRole("row", {
      name: new RegExp(`^${line.reader} `),
    });
    const { labels } = await queryOne<{ labels: number }>(
      `SELECT count(*)::int AS "labels" FROM "SnapshotItem" i JOIN "Label" l ON l."id" = i."labelId"
       WHERE i."snapshotId" = $1 AND l."source" = 'HUMAN' AND l."authorId" = $2`,
      [line.snapshotId, line.readerId],
    );
    await expect(share.getByRole("cell")).toContainText(new RegExp(`^${labels} `));
    await share.getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`source=HUMAN&readerId=${line.readerId}`));

    const row = itemsOf(page).filter({ hasText: `${line.studyKey} slice ${line.position}` });
    await expect(row).toContainText(`version ${line.version} · ${classWord()}`);
    await expect(row).toContainText(line.reader);
    await row.getByRole("link", { name: line.studyKey }).click();
    await expect(page).toHaveURL(new RegExp(`/studies/${line.studyId}\\?slice=${line.position}`));
    await expect(versionUsed(page)).toContainText(line.reader);
  });

  test("and back: from the label's history to the snapshot, its run and the same model", async ({ page }) => {
    await openSlice(page, line);
    await (await useOf(page)).locator(`a[href="/models/${line.modelId}"]`).click();
    await expectModel(page);
    await page.goBack();
    const snapshot = (await useOf(page)).locator(`a[href="/training/snapshots/${line.snapshotId}"]`);
    await expect(snapshot).toHaveText(`snapshot ${short(line.hash)}`);
    await snapshot.click();
    await expectSnapshot(page);
    const made = page.getByRole("region", { name: "Models from this snapshot" });
    await expect(made.getByRole("link", { name: `Model ${line.number}`, exact: true })).toHaveAttribute(
      "href",
      `/models/${line.modelId}`,
    );
    await made.getByRole("link", { name: `Run ${line.runNumber}`, exact: true }).click();
    await expectRun(page);
    await page.getByRole("link", { name: `Compare model ${line.number} with production` }).click();
    await expectModel(page);
  });

  test("and by a reader's name: the reports name the models that learned from the reader", async ({
    page,
  }) => {
    await page.goto("/worklist");
    await page.getByRole("link", { name: "Reports", exact: true }).click();
    const entry = page
      .getByRole("table", { name: "Whose labels each model was trained on" })
      .getByRole("row", { name: line.reader })
      .getByRole("listitem")
      .filter({ has: page.getByRole("link", { name: `Model ${line.number}`, exact: true }) });
    await entry.getByRole("link", { name: /labels?$/ }).click();
    await expectSnapshot(page);
    await expect(itemsOf(page).filter({ hasText: `${line.studyKey} slice ${line.position}` })).toHaveCount(1);
  });

  test("sees what the gate says of that model, with the patients and slices that it was judged on", async ({
    page,
  }) => {
    const production = await productionModel();
    const compared = await query<{ patients: number; differences: Record<string, { value: number }> }>(
      `SELECT "patients", "differences" FROM "Evaluation" WHERE "modelId" = $1 AND "comparedWithId" = $2`,
      [line.modelId, production.id],
    );
    await page.goto(`/models/${line.modelId}`);
    const gate = page.getByRole("region", { name: `Gate beside model ${production.number}` });
    if (compared.length === 0) {
      await expect(gate).toContainText("It cannot be promoted before the two are compared");
      return;
    }
    const { patients, differences } = compared[0]!;
    await expect(gate.getByRole("table")).toHaveAccessibleName(
      `The gate's figures on ${patients} patients that neither model has seen`,
    );
    for (const [title, figure] of [
      ["ROC AUC", "auc"],
      ["Sensitivity", "sensitivity"],
    ] as const) {
      const cells = gate.getByRole("row", { name: new RegExp(`^${title}`) }).getByRole("cell");
      await expect(cells.nth(2)).toContainText(differences[figure]!.value.toFixed(4).replace("-", "−"));
      await expect(cells.nth(4)).toContainText(/passed|failed|undecided/);
    }
  });
});

test.describe("an admin", () => {
  test.use({ as: "ADMIN" });

  test("reads on the page System health what the command line says too: files, backends and why each was not taken", async ({
    page,
  }) => {
    await page.goto("/worklist");
    await page.getByRole("link", { name: "System health", exact: true }).click();
    const worker = page.getByRole("region", { name: /^Worker \d+ on/ }).first();
    await expect(worker.getByRole("table")).toBeVisible({ timeout: 90_000 });
    const said = (await sulcus("health")) as {
      findings: { group: string; name: string; state: string; says: string }[];
    };
    const backends = said.findings.filter(({ group }) => group === "Training");
    expect(backends.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["tfjs-node-gpu", "webgpu", "wasm"]),
    );
    for (const { name, says } of backends) {
      const row = worker.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
      await expect(row).toContainText(says);
    }
    const installation = page.getByRole("region", { name: "Installation" });
    const files = said.findings.filter(({ name }) => /^(Base network|Model) /.test(name));
    expect(files.length).toBeGreaterThan(1);
    for (const { name, says } of files)
      await expect(installation.getByRole("row").filter({ hasText: name })).toContainText(says);
  });
});

const classWord = () => ({ TUMOR: "tumor", NO_TUMOR: "no tumor" })[line.labelClass];
const itemsOf = (page: Page) => page.getByRole("table", { name: "Labels of this snapshot" }).getByRole("row");
/** The version of the label in the open slice's history, with where it was used. */
const versionUsed = (page: Page) =>
  page
    .getByRole("list", { name: "Label versions, newest first" })
    .getByRole("listitem")
    .filter({ hasText: `Version ${line.version} · ${classWord()}` })
    .filter({
      hasText: `used for ${line.split === "TRAIN" ? "train" : "validation"} in snapshot ${short(line.hash)}`,
    });

/** That version's uses, those in earlier snapshots among them. */
async function useOf(page: Page) {
  const version = versionUsed(page);
  await expect(version).toBeVisible();
  const earlier = version.getByText(/^and in \d+ earlier snapshots?$/);
  if (await earlier.isVisible()) await earlier.click();
  return version;
}

async function expectModel(page: Page) {
  await expect(page).toHaveURL(new RegExp(`/models/${line.modelId}$`));
  await expect(page.getByRole("heading", { level: 1, name: `Model ${line.number} ` })).toBeVisible();
}

async function expectRun(page: Page) {
  await expect(page).toHaveURL(new RegExp(`/training/${line.runId}$`));
  await expect(page.getByRole("heading", { level: 1, name: `Run ${line.runNumber} ` })).toBeVisible();
}

async function expectSnapshot(page: Page) {
  await expect(page).toHaveURL(new RegExp(`/training/snapshots/${line.snapshotId}`));
  await expect(page.getByRole("heading", { level: 1, name: `Snapshot ${short(line.hash)} ` })).toBeVisible();
}

/** The phantoms that a run keeps for its test: of one more than that, one is learned from. */
const testPhantoms = 4;

/**
 * States the other class, as a reader, of a slice of a phantom that is not tested on. Where no run has split the
 * phantoms yet, of so many that one of them will be learned from.
 */
async function correctATrainingPatient(page: Page) {
  const find = () =>
    query<{ studyId: string; position: number; split: string | null; labelClass: string }>(
      `SELECT * FROM (
         SELECT DISTINCT ON (p."id") sl."studyId", sl."position", p."split", l."labelClass", pr."confidence", sl."id"
         FROM "Slice" sl JOIN "Label" l ON l."id" = sl."currentLabelId" JOIN "Study" st ON st."id" = sl."studyId"
         JOIN "Patient" p ON p."id" = st."patientId" AND p."cohort" = 'PHANTOM' AND p."split" IS DISTINCT FROM 'TEST'
         JOIN "Prediction" pr ON pr."sliceId" = sl."id" JOIN "Model" m ON m."id" = pr."modelId" AND m."state" = 'PRODUCTION'
         ORDER BY p."id", pr."confidence", sl."id"
       ) least ORDER BY "split" NULLS LAST, "confidence", "id" LIMIT ${testPhantoms + 1}`,
    );
  // On an installation that has just begun the demo is being predicted still.
  await expect.poll(async () => (await find()).length, { timeout: 150_000 }).toBe(testPhantoms + 1);
  const found = await find();
  for (const slice of found[0]!.split ? found.slice(0, 1) : found) {
    await openSlice(page, slice);
    await page.keyboard.press(slice.labelClass === "TUMOR" ? "x" : "Shift+X");
    await expect(page.getByText(/Saved as version \d+:/)).toBeVisible();
  }
}
