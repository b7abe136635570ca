import type { BrowserContext, Page } from "@playwright/test";
import { query } from "./support/installation";
import { chooseFirstPassword, signInByForm } from "./support/session";
import { expect, test } from "./support/test";

/** An account's life: made by an admin, used, its password changed, ended. */

test.describe.configure({ mode: "serial" });
test.use({ as: "ADMIN" });

const email = `new-reader-${Date.now()}@test.example`;
const first = "a sentence for the first day";
const chosen = "a sentence of my own";
/** Theirs, as an admin gave it. */
let password: string;
let theirContext: BrowserContext;
let theirs: Page;

test.beforeAll(async ({ browser, baseURL }) => {
  theirContext = await browser.newContext({ baseURL });
  theirs = await theirContext.newPage();
});
test.afterAll(() => theirContext.close());

test("an admin adds a user and sees the generated password once", async ({ page }) => {
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Name").fill("New Reader");
  await dialog.getByRole("button", { name: "Add user" }).click();
  password = await dialog.getByLabel("Generated password").innerText();
  expect(password.length).toBeGreaterThanOrEqual(12);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page)).toContainText("active");
  await expect(rowOf(page).getByLabel(`Role of ${email}`)).toHaveValue("READER");

  await page.reload();
  await expect(rowOf(page)).toBeVisible();
  expect(await page.content()).not.toContain(password);
  const stored = await query<{ passwordHash: string }>(
    `SELECT "passwordHash" FROM "User" WHERE "email" = $1`,
    [email],
  );
  expect(stored).toEqual([{ passwordHash: expect.stringMatching(/^\$argon2id\$/) }]);
});

test("the new user chooses a password, and finds nothing of what admins see", async () => {
  await chooseFirstPassword(theirs, { email, password }, first);
  await expect(theirs.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText([
    "Worklist",
    "Flagged",
    "Imports",
    "Training",
    "Models",
    "Reports",
    "Protocol",
  ]);
  const answer = await theirs.goto("/admin/users");
  expect(answer?.status()).toBe(404);
  await expect(theirs.getByRole("heading", { name: "Page not found" })).toBeVisible();
  expect(await theirs.content()).not.toContain("@demo.sulcus");
});

test("the new user changes their password; only the new one signs in from then on", async () => {
  await theirs.goto("/worklist");
  await theirs.getByRole("button", { name: "Account of New Reader" }).click();
  await theirs.getByRole("menuitem", { name: "Change password" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Change password" });
  await dialog.getByLabel("Current password").fill("not the password");
  await dialog.getByLabel("New password", { exact: true }).fill(chosen);
  await dialog.getByLabel("New password again").fill(chosen);
  await dialog.getByRole("button", { name: "Change password" }).click();
  await expect(dialog.getByText("This is not your password")).toBeVisible();
  await dialog.getByLabel("Current password").fill(first);
  await dialog.getByRole("button", { name: "Change password" }).click();
  await expect(dialog.getByText("Password changed.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await theirs.reload();
  await expect(theirs.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();

  await theirs.getByRole("button", { name: "Account of New Reader" }).click();
  await theirs.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.getByLabel("E-mail address").fill(email);
  await theirs.getByLabel("Password").fill(first);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
  await signInByForm(theirs, { email, password: chosen });
});

test("a role that an admin gives counts from the next click on", async ({ page }) => {
  await page.goto("/admin/users");
  await rowOf(page).getByLabel(`Role of ${email}`).selectOption("Admin");
  await expect.poll(async () => (await theirs.goto("/admin/users"))?.status()).toBe(200);
  await rowOf(page).getByLabel(`Role of ${email}`).selectOption("Reader");
  await expect.poll(async () => (await theirs.goto("/admin/users"))?.status()).toBe(404);
});

test("deactivation ends the session with the next request, and no new one begins", async ({ page }) => {
  await theirs.goto("/worklist");
  await page.goto("/admin/users");
  await page.getByRole("button", { name: `Deactivate ${email}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(rowOf(page)).toContainText("deactivated");

  // Their page may have asked by itself, to be up to date, and be at the sign-in before the click.
  const flagged = theirs.getByRole("link", { name: "Flagged", exact: true });
  await flagged.click({ timeout: 5_000 }).catch(() => {});
  await expect(theirs.getByText("Your session has ended. Sign in again to continue.")).toBeVisible();
  expect((await theirs.request.get("/api/auth/session")).status()).toBe(200);
  expect((await theirs.goto("/worklist"))?.url()).toContain("/sign-in");
  await theirs.getByLabel("E-mail address").fill(email);
  await theirs.getByLabel("Password").fill(chosen);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
});

test("five wrong passwords make one wait, and the page says how long", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(`nobody-${Date.now()}@test.example`);
  await page.getByLabel("Password").fill("a wrong guess");
  for (let attempt = 0; attempt < 5; attempt++) {
    const answered = page.waitForResponse(/callback\/credentials/);
    await page.getByRole("button", { name: "Sign in" }).click();
    await answered;
    await expect(page.getByRole("alert").filter({ hasText: "password is wrong" })).toBeVisible();
  }
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/Too many failed sign-ins. Try again in \d+ seconds./)).toBeVisible();
  await context.close();
});

test("the last admin cannot be deactivated", async ({ page }) => {
  await page.goto("/admin/users");
  const others = await query<{ id: string }>(
    `UPDATE "User" SET "deactivatedAt" = now()
     WHERE "role" = 'ADMIN' AND "deactivatedAt" IS NULL AND "email" <> 'admin@demo.sulcus' RETURNING "id"`,
  );
  try {
    await page.getByRole("button", { name: "Deactivate admin@demo.sulcus" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "This is the last admin" })).toBeVisible();
  } finally {
    await query(`UPDATE "User" SET "deactivatedAt" = NULL WHERE "id" = ANY($1::uuid[])`, [
      others.map(({ id }) => id),
    ]);
  }
});

function rowOf(page: Page) {
  return page.getByRole("row").filter({ hasText: email });
}
