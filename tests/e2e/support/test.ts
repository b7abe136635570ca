import { test as base, expect, type Page } from "@playwright/test";
import { demoAccount, type Role } from "./installation";
import { signInByRequest } from "./session";

type Session = Awaited<ReturnType<Awaited<ReturnType<typeof signInByRequest>>["storageState"]>>;

interface Watched {
  /** Whose session the pages begin with; null for nobody's. */
  as: Role | null;
  /** Problems that a test provokes. Any other error on a page's console or failed request fails the test. */
  provoked: RegExp[];
}

/** Playwright's test, signed in as `as`, and with every page watched for errors. */
export const test = base.extend<Watched, { sessionOf: (role: Role) => Promise<Session> }>({
  as: [null, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from this pattern
  provoked: async ({}, use) => use([]),

  // One sign-in of each role for all tests.
  sessionOf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from this pattern
    async ({}, use, { project }) => {
      const sessions = new Map<Role, Promise<Session>>();
      const begin = async (role: Role) => {
        const client = await signInByRequest(project.use.baseURL!, demoAccount(role));
        return client.storageState().finally(() => client.dispose());
      };
      await use((role) => {
        if (!sessions.has(role)) sessions.set(role, begin(role));
        return sessions.get(role)!;
      });
    },
    { scope: "worker" },
  ],

  // Not as `storageState`: tests of all roles then share one context, and the viewer's code is compiled once.
  context: async ({ context, as, sessionOf }, use) => {
    if (as) await context.addCookies((await sessionOf(as)).cookies);
    await use(context);
    await context.setOffline(false);
  },

  page: async ({ page, provoked }, use) => {
    const problems = watch(page);
    await use(page);
    expect(problems.filter((problem) => !provoked.some((one) => one.test(problem)))).toEqual([]);
  },
});
export { expect };

/** Collects what goes wrong on a page: errors on its console, exceptions, requests refused or lost. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    // What a request answered is told below, with its address.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page ends what it was loading.
    if (reason !== "net::ERR_ABORTED") problems.push(`lost: ${request.method()} ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) {
      problems.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  });
  return problems;
}
