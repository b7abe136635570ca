import type { Locator, Page } from "@playwright/test";
import { demoAccount, query, queryOne } from "./support/installation";
import { expect, test } from "./support/test";

/** Pages on a small screen, and work without a mouse. */

test.describe("at 1280 x 720", () => {
  test.use({ as: "ADMIN", viewport: { width: 1280, height: 720 } });

  for (const address of [
    "/worklist",
    "/flagged",
    "/imports",
    "/imports/[importId]",
    "/patients/[patientId]",
    "/studies/[studyId]",
    "/training",
    "/models",
    "/models/[modelId]",
    "/reports",
    "/reports/[modelId]",
    "/protocol",
    "/help",
    "/help/correct",
    "/help/draw",
    "/help/flags",
    "/help/keys",
    "/admin/jobs",
    "/admin/users",
    "/admin/health",
  ]) {
    test(`${address} fits, has a title and one main heading, and loads without an error`, async ({
      page,
    }) => {
      await page.goto(await fill(address));
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(/^\S.* · Sulcus$/);
      await page.waitForLoadState("load");
      expect(await sidewaysScroll(page)).toEqual([]);
    });
  }
});

test("the sign-in page fits a narrow window", async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 600 });
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle("Sign in · Sulcus");
  expect(await sidewaysScroll(page)).toEqual([]);
});

test.describe("at 2560 x 1440", () => {
  test.use({ as: "ADMIN", viewport: { width: 2560, height: 1440 } });

  for (const address of ["/worklist", "/flagged", "/imports", "/models", "/admin/jobs"]) {
    test(`the list of ${address} uses the width`, async ({ page }) => {
      await predictedStudy();
      await page.goto(address);
      const main = (await page.getByRole("main").boundingBox())!;
      const table = (await page.getByRole("table").first().boundingBox())!;
      expect(table.width).toBeGreaterThan(0.95 * main.width);
    });
  }
});

test.describe("the cohort of a list", () => {
  test.use({ as: "READER" });

  for (const address of ["/worklist", "/flagged"]) {
    test(`all cohorts stand in the address of ${address}, which would else choose real patients`, async ({
      page,
    }) => {
      await page.goto(`${address}?cohort=PHANTOM`);
      const cohort = page.getByLabel("Cohort");
      await cohort.selectOption("All");
      await expect(page).toHaveURL(/\bcohort=ANY\b/);
      await page.reload();
      await expect(cohort).toHaveValue("ANY");
      await cohort.selectOption("Real patients");
      await expect(page).toHaveURL(/\bcohort=REAL\b/);
    });
  }
});

test.describe("the height of table rows", () => {
  test.use({ as: "READER" });

  test("is chosen in the account menu and remembered in this browser", async ({ page }) => {
    await page.goto("/worklist");
    const row = page.getByRole("row").nth(1);
    const heightOf = async () => (await row.boundingBox())!.height;
    const comfortable = await heightOf();
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitemradio", { name: "Table rows: compact" }).click();
    await expect.poll(heightOf).toBeLessThan(comfortable - 4);
    const compact = await heightOf();
    await page.reload();
    await expect.poll(heightOf).toBe(compact);
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitemradio", { name: "Table rows: comfortable" }).click();
    await expect.poll(heightOf).toBe(comfortable);
  });
});

test("a reader signs in, opens a study, keeps a label and changes one with the keyboard alone", async ({
  page,
}) => {
  const study = await predictedStudy();
  const { email, password } = demoAccount("READER");
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();

  await tabTo(page, "searchbox", "Patient or study");
  await page.keyboard.type(study.key);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 study found")).toBeVisible();
  await tabTo(page, "link", study.key);
  await page.keyboard.press("Enter");

  const keep = page.getByRole("button", { name: /^Keep.* \(A\)$/ });
  await expect(keep).toHaveAttribute("aria-disabled", "false");
  const current = page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]");
  await page.keyboard.press("Home");
  await expect(current).toHaveAccessibleName(/^Slice 1,/);
  await page.keyboard.press("ArrowDown");
  await expect(current).toHaveAccessibleName(/^Slice 2,/);
  await expect(keep).toHaveAttribute("aria-disabled", "false");
  const before = await labelVersions(study.id, 2);
  await page.keyboard.press("a");
  await expect(page.getByText(`Saved as version ${before + 1}:`)).toBeVisible();
  await expect(current).toHaveAccessibleName(/(confirmed|agreed)$/);
  expect(await labelVersions(study.id, 2)).toBe(before + 1);

  // From the pictures: Tab comes to the first decision soon, F6 at once.
  await page.keyboard.press("ArrowDown");
  await expect(current).toHaveAccessibleName(/^Slice 3,/);
  await expect(keep).toHaveAttribute("aria-disabled", "false");
  await expect(page.getByRole("region", { name: "Pictures" })).toBeFocused();
  expect(await tabsTo(page, keep)).toBeLessThanOrEqual(8);
  for (const part of ["strip", "tools", "pictures"]) {
    await page.keyboard.press("F6");
    await expect(page.locator(`[data-room-part=${part}]:focus, [data-room-part=${part}] :focus`)).toHaveCount(
      1,
    );
  }
  await page.keyboard.press("F6");
  await expect(keep).toBeFocused();

  const first = await newestClass(study.id, 3);
  const versions = await labelVersions(study.id, 3);
  const otherClass = first === "TUMOR" ? / \(X\)$/ : / \(Shift X\)$/;
  await tabsTo(page, page.getByRole("button", { name: otherClass }));
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Saved as version ${versions + 1}:`)).toBeVisible();
  expect(await newestClass(study.id, 3)).toBe(first === "TUMOR" ? "NO_TUMOR" : "TUMOR");
  await page.keyboard.press("Control+z");
  await expect.poll(() => newestClass(study.id, 3)).toBe(first);

  // A toolbar is one stop of Tab; arrow keys go on in it.
  const tools = page.getByRole("toolbar", { name: "Tools" });
  await tabsTo(page, tools.getByRole("button", { name: "Window (W)" }));
  await page.keyboard.press("ArrowDown");
  await expect(tools.getByRole("button", { name: "Move (V)" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(tools.getByRole("button", { name: "Flood fill (F)" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("toolbar", { name: "Picture" }).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("toolbar", { name: "Mask" }).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("region", { name: "Pictures" })).toBeFocused();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Keep label and mask as they are on file");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

/** Presses Tab until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, role: "link" | "searchbox", name: string) {
  await tabsTo(page, page.getByRole(role, { name, exact: true }));
}

/** The same for any element; how many presses it took. */
async function tabsTo(page: Page, wanted: Locator): Promise<number> {
  for (let press = 0; press < 60; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return press;
    await page.keyboard.press("Tab");
  }
  throw new Error(`60 presses of Tab do not lead to ${wanted}`);
}

/** Elements that stick out of the window to the right where they cannot be scrolled to on their own. */
function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolling = [document.documentElement, document.body, document.querySelector("main")];
    return scrolling.flatMap((element) =>
      element && element.scrollWidth > element.clientWidth
        ? [`${element.tagName}: ${element.scrollWidth} in ${element.clientWidth} px`]
        : [],
    );
  });
}

async function fill(address: string): Promise<string> {
  const study = await predictedStudy();
  const records: Record<string, string> = {
    studyId: study.id,
    patientId: study.patientId,
    ...(await queryOne(`SELECT "id" AS "importId" FROM "Import" ORDER BY "createdAt" LIMIT 1`)),
    ...(await queryOne(`SELECT "id" AS "modelId" FROM "Model" WHERE "state" = 'PRODUCTION'`)),
  };
  return address.replace(/\[(\w+)\]/, (_, name) => records[name]!);
}

interface StudyRecord {
  id: string;
  key: string;
  patientId: string;
}

/** A study of the demo whose slices all have a prediction, as soon as there is one. */
async function predictedStudy(): Promise<StudyRecord> {
  const find = () =>
    query<StudyRecord>(
      `SELECT "Study"."id", "Study"."key", "Study"."patientId"
       FROM "Study" JOIN "Slice" ON "Slice"."studyId" = "Study"."id"
       LEFT JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
         AND "modelId" = (SELECT "id" FROM "Model" WHERE "state" = 'PRODUCTION')
       GROUP BY "Study"."id" HAVING count(*) = count("Prediction"."id") ORDER BY "Study"."key" LIMIT 1`,
    );
  await expect
    .poll(async () => (await find()).length, { message: "a predicted study", timeout: 150_000 })
    .toBe(1);
  return (await find())[0]!;
}

async function labelVersions(studyId: string, position: number): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    `SELECT count(*)::int FROM "Label" JOIN "Slice" ON "Slice"."id" = "Label"."sliceId"
     WHERE "studyId" = $1 AND "position" = $2`,
    [studyId, position],
  );
  return count;
}

async function newestClass(studyId: string, position: number): Promise<string> {
  const { labelClass } = await queryOne<{ labelClass: string }>(
    `SELECT "labelClass" FROM "Label" JOIN "Slice" ON "Slice"."id" = "Label"."sliceId"
     WHERE "studyId" = $1 AND "position" = $2 ORDER BY "version" DESC LIMIT 1`,
    [studyId, position],
  );
  return labelClass;
}
