import { defineConfig } from "@playwright/test";
import { browserFlags, installedBrowser } from "./tests/support/browser.mjs";

/** These bring data of their own into the installation. */
const importing = [
  "import.spec.ts",
  "reading-room-unlabelled.spec.ts",
  "viewer-exactness.spec.ts",
  "viewer-exactness-masks.spec.ts",
  "viewer-measuring.spec.ts",
  "viewer-many-slices.spec.ts",
];

/**
 * End-to-end tests against a running installation: `npm test` starts one of its own and names it in SULCUS_URL and
 * SULCUS_DATA. By hand: `npm start`, then `npx playwright test`.
 */
export default defineConfig({
  testDir: "tests/e2e",
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  projects: [
    { name: "demo", testIgnore: importing },
    // Last: with real patients here no model made on phantoms may be promoted, and others count the demo's studies.
    { name: "imports", testMatch: importing },
  ],
  forbidOnly: Boolean(process.env.CI),
  // Recording every test costs a fifth of the time: one that fails runs again with a trace, and has failed all the same.
  retries: 1,
  failOnFlakyTests: true,
  outputDir: "test-results",
  use: {
    // Emptied between tests, but with the compiled code of the pages: half the time of opening a study.
    reuseContext: true,
    baseURL: process.env.SULCUS_URL ?? "http://localhost:3000",
    viewport: { width: 1440, height: 900 },
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: installedBrowser() ?? undefined, args: browserFlags },
  },
});
