import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { pages } from "../support/access-matrix";
import { openSlice, sliceOf } from "./support/reading-room";
import { findRecords, type Records, removeRecords } from "./support/records";
import { expect, test } from "./support/test";
import { viewOf } from "./support/viewer";

/** Every page holds to WCAG 2.2, levels A and AA, as far as axe can see it, and to axe's best practices. */

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

test.describe("a page for an admin", () => {
  test.use({ as: "ADMIN" });
  let records: Records;
  test.beforeAll(async () => {
    records = await findRecords();
  });
  test.afterAll(() => removeRecords(records));

  // One browser context for all of them: each new one would compile the product's scripts again.
  test("each one", async ({ page }) => {
    for (const [path, { answers }] of Object.entries(pages)) {
      if (answers.ADMIN !== 200 || path === "/sign-in" || path === "/studies/[studyId]") continue;
      await page.goto(path.replace(/\[(\w+)\]/g, (_, name) => records[name]!));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect.soft(await violationsOf(page), path).toEqual([]);
    }
  });

  test("the account menu, open", async ({ page }) => {
    await page.goto("/worklist");
    await page.getByRole("button", { name: /^Account of/ }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
  });
});

for (const address of ["/sign-in", "/sign-in?ended=1"]) {
  test(address, async ({ page }) => {
    await page.goto(address);
    expect(await violationsOf(page)).toEqual([]);
  });
}

test.describe("the reading room", () => {
  test.use({ as: "READER" });

  test("as it opens, with a question, with the list of keys, and while a drawing stands", async ({
    page,
  }) => {
    await openSlice(page, await sliceOf("0003"));
    expect.soft(await violationsOf(page), "as it opens").toEqual([]);

    await page.keyboard.press("u");
    await expect(page.getByRole("dialog", { name: "Why are you unsure?" })).toBeVisible();
    expect.soft(await violationsOf(page), "with a question open").toEqual([]);
    await page.keyboard.press("Escape");

    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    expect.soft(await violationsOf(page), "with the list of keys open").toEqual([]);
    await page.keyboard.press("Escape");

    await page.keyboard.press("b");
    const box = (await viewOf(page, "FLAIR").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 10, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByRole("status", { name: "Drawing" })).toContainText("kept on the server");
    await page.getByText("Details", { exact: true }).click();
    expect.soft(await violationsOf(page), "while a drawing stands").toEqual([]);
    await page.getByRole("button", { name: "Discard the drawing" }).click();
  });
});

/** A violation is told by its rule and the elements that break it. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
