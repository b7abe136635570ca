import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { query } from "./support/installation";
import { expect, test } from "./support/test";

/** What failed is seen: a dot in the navigation, names and links in the tables, and words that stay in their columns. */

test.describe.configure({ mode: "serial" });
test.use({ as: "ADMIN", viewport: { width: 1280, height: 720 } });

const longWord = `TCGA_CS_${"very_long_name_without_a_space_".repeat(8)}.tif`;
const damaged = { code: "archive-not-importable", problem: { code: "entry-checksum", path: longWord } };
const importId = randomUUID();
const jobs = { archive: randomUUID(), prediction: randomUUID() };

test.beforeAll(async () => {
  await query(`UPDATE "Job" SET "seenAt" = now() WHERE "status" = 'FAILED' AND "seenAt" IS NULL`);
  await query(
    `INSERT INTO "Import" ("id", "state", "name", "path", "uploaded", "size", "error", "createdAt", "finishedAt")
     VALUES ($1, 'FAILED', $2, '/gone', true, 10, $3, now(), now())`,
    [importId, `${longWord}.zip`, JSON.stringify(damaged)],
  );
  await query(
    `INSERT INTO "Job" ("id", "kind", "payload", "key", "status", "error", "createdAt", "startedAt", "finishedAt") VALUES
     ($1, 'import-archive', $2, $3, 'FAILED', $4, now(), now(), now()),
     ($5, 'predict-slices', '{}', 'predict-slices', 'FAILED', '{"code": "disk-full"}', now(), now(), now())`,
    [
      jobs.archive,
      JSON.stringify({ importId }),
      `import-archive:${importId}`,
      JSON.stringify(damaged),
      jobs.prediction,
    ],
  );
});
test.afterAll(async () => {
  await query(`DELETE FROM "Job" WHERE "id" = ANY ($1::uuid[])`, [Object.values(jobs)]);
  await query(`DELETE FROM "Import" WHERE "id" = $1`, [importId]);
});

test("long words push no column off the pages of jobs, imports and of the import", async ({ page }) => {
  for (const path of ["/admin/jobs?show=failed", "/imports?show=failed", `/imports/${importId}`]) {
    await page.goto(path);
    await expect(page.getByText(/cannot be imported/).first()).toBeVisible();
    expect(await overflowing(page), path).toEqual([]);
  }
});

test("a failure shows as a dot until it was seen; its job names its archive and leads there", async ({
  page,
}) => {
  await page.goto("/worklist");
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Jobs/ });
  await expect(link).toHaveAccessibleName("Jobs (2 failed, not seen)");
  await link.click();
  await page.getByLabel("Show").selectOption("Failed, not seen");
  await expect(page).toHaveURL(/show=unseen/);
  const row = page.getByRole("row").filter({ hasText: "Importing an archive" });
  await expect(row.getByRole("link")).toHaveAttribute("href", `/imports/${importId}`);
  await expect(row.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
  await row.getByRole("button", { name: "Mark as seen: Importing an archive" }).click();
  await expect(row).toHaveCount(0);
  await expect(link).toHaveAccessibleName("Jobs (1 failed, not seen)");
});

test("a failed prediction is tried again, and then nothing waits to be seen", async ({ page }) => {
  await page.goto("/admin/jobs?show=failed");
  await page.getByRole("button", { name: "Try again: Predicting slices" }).click();
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Jobs/ });
  await expect(link).toHaveAccessibleName("Jobs");
  const audit = await query<{ action: string; subjectId: string }>(
    `SELECT "action", "subjectId" FROM "AuditEvent" WHERE "subjectId" = ANY ($1) ORDER BY "id"`,
    [Object.values(jobs)],
  );
  expect(audit).toEqual([
    { action: "job.seen", subjectId: jobs.archive },
    { action: "job.retried", subjectId: jobs.prediction },
  ]);
});

test("System health refreshes itself and says how much room the disk has", async ({ page }) => {
  await page.goto("/admin/health");
  await expect(page.getByRole("heading", { level: 1, name: "System health" })).toBeVisible();
  const disk = page
    .getByRole("region", { name: "Installation" })
    .getByRole("row")
    .filter({ hasText: "Disk" });
  await expect(disk).toContainText(/\(\d+ %\) free in the data folder/);
  await page.evaluate(() => document.querySelector("h1")!.setAttribute("title", "the same page"));
  const asked = page.waitForRequest((request) => request.headers().rsc !== undefined, { timeout: 60_000 });
  await asked;
  await expect(page.locator("h1")).toHaveAttribute("title", "the same page");
});

/** What is wider than what holds it, but for scrolling. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll("#content, #content div, #content td")].filter(
      (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
    );
    return wide.map(
      (element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`,
    );
  });
}
