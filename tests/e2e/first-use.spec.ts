import type { Page } from "@playwright/test";
import { query, queryOne } from "./support/installation";
import { openSlice, type Slice, sliceOf } from "./support/reading-room";
import { chooseFirstPassword } from "./support/session";
import { expect, test } from "./support/test";

/** What a new reader meets: help, hints, the group's protocol, a password of their own. */

const helpPages = [
  ["/help", "Read a study"],
  ["/help/correct", "Correct a label"],
  ["/help/draw", "Draw"],
  ["/help/flags", "Flags and the queue"],
  ["/help/keys", "Keys"],
] as const;

test.describe("the help", () => {
  test.use({ as: "READER", viewport: { width: 1280, height: 720 } });

  test("has five pages of one screen each", async ({ page }) => {
    for (const [address, name] of helpPages) {
      await page.goto(address);
      await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
      await expect(page.getByRole("navigation", { name: "Help" }).locator("[aria-current]")).toHaveText(name);
      const hidden = await page.getByRole("main").evaluate((main) => main.scrollHeight - main.clientHeight);
      expect.soft(hidden, `px of ${name} below the screen`).toBeLessThanOrEqual(0);
    }
  });

  test("lists the room's keys from the table of commands", async ({ page }) => {
    await page.goto("/help/keys");
    const decision = page.getByRole("region", { name: "Decision" });
    await expect(decision).toContainText("Keep label and mask as they are on file");
    await expect(decision.locator("kbd").first()).toHaveText("A");
  });

  test("opens from any page, from the reading room in a new tab", async ({ page }) => {
    await page.goto("/worklist");
    await page.getByRole("link", { name: "Help", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Read a study", level: 1 })).toBeVisible();
    await openSlice(page, await sliceOf("0011"));
    const opened = page.context().waitForEvent("page");
    await page.getByRole("link", { name: "Help", exact: true }).click();
    await (await opened).close();
    await expect(page).toHaveURL(/\/studies\//);
  });
});

test.describe("hints", () => {
  test.use({ as: "READER" });

  test("come one at a time in the first study, below the room, and stay away once dismissed", async ({
    page,
  }) => {
    const slice = await sliceOf("0011");
    await openSlice(page, slice);
    const hint = page.getByRole("complementary", { name: "Hint" });
    await expect(hint).toContainText("Hint 1 of 4");
    const pictures = (await page.getByRole("region", { name: "Pictures" }).boundingBox())!;
    const box = (await hint.boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(pictures.y + pictures.height);
    await hint.getByRole("button", { name: "Next hint" }).click();
    await expect(hint).toContainText("Hint 2 of 4");
    await page.reload();
    await expect(hint).toContainText("Hint 2 of 4");
    await hint.getByRole("button", { name: "No more hints" }).click();
    await expect(hint).toHaveCount(0);
    await openSlice(page, slice);
    await expect(hint).toHaveCount(0);
  });

  test("are not shown in a second study", async ({ page }) => {
    await openSlice(page, await sliceOf("0011"));
    const hint = page.getByRole("complementary", { name: "Hint" });
    await expect(hint).toContainText("Hint 1 of 4");
    await openSlice(page, await sliceOf("0012"));
    await expect(hint).toHaveCount(0);
  });
});

test.describe("the protocol", () => {
  test.describe.configure({ mode: "serial" });
  const title = `Edema ${Date.now()}`;
  let version: number;
  let slice: Slice;

  test.describe("as an admin", () => {
    test.use({ as: "ADMIN" });

    test("is written as Markdown, seen before it is saved, and shown without HTML or images", async ({
      page,
    }) => {
      version = (await newestVersion()) + 1;
      await write(page, `# ${title}\n\nLeave it **out**. [Source](https://example.org)`);
      const preview = page.getByRole("region", { name: "Preview" });
      await expect(preview.getByRole("heading", { name: title })).toBeVisible();
      await page
        .getByLabel("Text, in Markdown")
        .fill(
          `# ${title}\n\n[Source](https://example.org) <b onclick="x()">raw</b> ![a brain](https://example.org/x.png)`,
        );
      await page.getByRole("button", { name: `Save as version ${version}` }).click();
      const article = page.getByRole("article");
      await expect(article.getByRole("heading", { name: title })).toBeVisible();
      await expect(article).toContainText(`<b onclick="x()">raw</b>`);
      await expect(article.locator("img, b")).toHaveCount(0);
      await expect(article).toContainText("[image: a brain]");
      const link = article.getByRole("link", { name: "Source" });
      await expect(link).toHaveAttribute("target", "_blank");
      await expect(link).toHaveAttribute("rel", /noopener/);
    });

    test("unsaved text is left only after a question", async ({ page }) => {
      const unsaved = `# ${title}\n\nUnsaved.`;
      await write(page, unsaved);
      const worklist = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Worklist" });
      const question = page.getByRole("dialog", { name: "Discard your changes?" });
      await worklist.click();
      await question.getByRole("button", { name: "Keep editing" }).click();
      await expect(page.getByLabel("Text, in Markdown")).toHaveValue(unsaved);
      await worklist.click();
      await question.getByRole("button", { name: "Discard", exact: true }).click();
      await expect(page).toHaveURL(/\/worklist$/);
      expect(await newestVersion()).toBe(version);
    });

    test("a stale save is refused, and the author's text stays", async ({ page, context }) => {
      await write(page, `# ${title}\n\nMine.`);
      const other = await context.newPage();
      await write(other, `# ${title}\n\nTheirs.`);
      await other.getByRole("button", { name: `Save as version ${version + 1}` }).click();
      await expect(other.getByRole("article")).toContainText("Theirs.");
      await page.getByRole("button", { name: `Save as version ${version + 1}` }).click();
      await expect(page.getByRole("alert").filter({ hasText: "newer version" })).toBeVisible();
      await expect(page.getByLabel("Text, in Markdown")).toHaveValue(`# ${title}\n\nMine.`);
      expect(await newestVersion()).toBe(version + 1);
      const events = await query(
        `SELECT "id" FROM "AuditEvent" WHERE "action" = 'protocol.saved' AND "subjectId" = $1`,
        [String(version + 1)],
      );
      expect(events).toHaveLength(1);
    });
  });

  test.describe("as a reader", () => {
    test.use({ as: "READER" });

    test("is read, also in earlier versions, and not edited", async ({ page }) => {
      await page.goto("/protocol");
      await expect(page.getByRole("article")).toContainText("Theirs.");
      await expect(page.getByRole("button", { name: "Edit the protocol" })).toHaveCount(0);
      await page
        .getByRole("navigation", { name: "Versions" })
        .getByRole("link", { name: new RegExp(`^Version ${version}\\b`) })
        .click();
      await expect(page.getByText("This is an earlier version.")).toBeVisible();
      await expect(page.getByRole("article")).not.toContainText("Theirs.");
    });

    test("opens over the pictures, beside the decisions; letter keys decide nothing in it, Escape closes it", async ({
      page,
    }) => {
      slice = await sliceOf("0011");
      await openSlice(page, slice);
      const before = (await page.getByRole("region", { name: "Pictures" }).boundingBox())!;
      await page.getByRole("toolbar", { name: "Picture" }).getByRole("button", { name: "Protocol" }).click();
      const panel = page.getByRole("region", { name: "Annotation protocol" });
      await expect(panel).toBeFocused();
      await expect(panel).toContainText("Theirs.");
      const covered = (await panel.boundingBox())!;
      const decisions = (await page.getByRole("complementary", { name: "Decision" }).boundingBox())!;
      expect(covered.x + covered.width).toBeLessThan(decisions.x);
      expect(await page.getByRole("region", { name: "Pictures" }).boundingBox()).toEqual(before);
      for (const key of ["a", "x", "b", "ArrowDown"]) await page.keyboard.press(key);
      await expect(
        page.getByRole("toolbar", { name: "Tools" }).locator("[aria-pressed=true]"),
      ).toHaveAccessibleName("Window (W)");
      await expect(
        page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]"),
      ).toHaveAccessibleName(new RegExp(`^Slice ${slice.position},`));
      expect(await queryOne(`SELECT "labelVersion" FROM "Slice" WHERE "id" = $1`, [slice.id])).toEqual({
        labelVersion: slice.version,
      });
      await page.keyboard.press("Escape");
      await expect(panel).toHaveCount(0);
      await page.keyboard.press("b");
      await expect(
        page.getByRole("toolbar", { name: "Tools" }).locator("[aria-pressed=true]"),
      ).toHaveAccessibleName("Brush (B)");
    });
  });
});

test.describe("a password that an admin gave", () => {
  test.use({ as: "ADMIN" });

  test("opens nothing before another one is chosen, also after a reset", async ({
    page,
    browser,
    baseURL,
  }) => {
    const email = `first-use-${Date.now()}@test.example`;
    await page.goto("/admin/users");
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByRole("button", { name: "Add user" }).click();
    const given = await dialog.getByLabel("Generated password").innerText();
    await dialog.getByRole("button", { name: "Done" }).click();
    const row = page.getByRole("row").filter({ hasText: email });
    await expect(row).toContainText("password not chosen yet");

    const context = await browser.newContext({ baseURL });
    const theirs = await context.newPage();
    await theirs.goto("/sign-in?from=%2Fflagged");
    await theirs.getByLabel("E-mail address").fill(email);
    await theirs.getByLabel("Password").fill(given);
    await theirs.getByRole("button", { name: "Sign in" }).click();
    await expect(theirs).toHaveURL(/\/change-password\?from=%2Fflagged$/);
    for (const address of ["/worklist", "/help", "/protocol"]) {
      await theirs.goto(address);
      await expect(theirs).toHaveURL(/\/change-password/);
    }
    const answer = await theirs.request.get("/api/decisions");
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { message: "Choose a new password first" } });

    await expect(theirs.getByLabel("Current password")).toBeFocused();
    await theirs.getByLabel("New password", { exact: true }).fill("short");
    await theirs.getByRole("button", { name: "Change password" }).click();
    for (const problem of ["Enter the current", "Use 12 characters", "not the same as above"])
      await expect(theirs.getByText(problem)).toBeVisible();
    await theirs.getByLabel("Current password").fill(given);
    await theirs.getByLabel("New password", { exact: true }).fill(given);
    await theirs.getByLabel("New password again").fill(given);
    await theirs.getByRole("button", { name: "Change password" }).click();
    await expect(theirs.getByText("This is your current password; choose another one")).toBeVisible();
    await chooseFirstPassword(theirs, { email, password: given }, "a sentence of my own");
    await expect.poll(async () => (await theirs.request.get("/api/decisions")).status()).toBe(200);
    // Nothing is due any more: the page leads on.
    await theirs.goto("/change-password");
    await expect(theirs).toHaveURL(/\/worklist$/);

    await page.reload();
    await row.getByRole("button", { name: `Reset password of ${email}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset password" }).click();
    const again = await page.getByRole("dialog").getByLabel("Generated password").innerText();
    await chooseFirstPassword(theirs, { email, password: again }, "another sentence of my own");
    await context.close();
  });
});

/** Opens the protocol's editor and fills it; nothing is saved. */
async function write(page: Page, text: string) {
  await page.goto("/protocol");
  await page.getByRole("button", { name: /^(Write|Edit) the protocol$/ }).click();
  await page.getByLabel("Text, in Markdown").fill(text);
}

async function newestVersion(): Promise<number> {
  const { newest } = await queryOne<{ newest: number }>(
    `SELECT coalesce(max("version"), 0) AS "newest" FROM "ProtocolVersion"`,
  );
  return newest;
}
