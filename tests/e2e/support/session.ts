import { type APIRequestContext, expect, type Page, request } from "@playwright/test";
import type { Account } from "./installation";

/** Signs in through the form, as a person does; ends on the worklist. */
export async function signInByForm(page: Page, { email, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();
}

/** Signs in with a password that an admin gave, and chooses one's own, as the product asks; ends on the worklist. */
export async function chooseFirstPassword(page: Page, given: Account, own: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(given.email);
  await page.getByLabel("Password").fill(given.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Choose a password", level: 1 })).toBeVisible();
  await page.getByLabel("Current password").fill(given.password);
  await page.getByLabel("New password", { exact: true }).fill(own);
  await page.getByLabel("New password again").fill(own);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("heading", { name: "Worklist", level: 1 })).toBeVisible();
}

/** A client of its own with an account's session cookie, without a browser. */
export async function signInByRequest(
  baseURL: string,
  { email, password }: Account,
): Promise<APIRequestContext> {
  const client = await request.newContext({ baseURL });
  const { csrfToken } = await (await client.get("/api/auth/csrf")).json();
  const answer = await client.post("/api/auth/callback/credentials", {
    form: { email, password, csrfToken, json: "true" },
  });
  expect(answer.status(), `sign-in of ${email}`).toBe(200);
  return client;
}
