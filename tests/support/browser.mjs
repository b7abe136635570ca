import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const known = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Software WebGL, so that the viewer draws the same on machines without a graphics card. */
export const browserFlags = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** A Chromium that is here and runs: the one in CHROMIUM_PATH, a system's, or Playwright's own; else null. */
export function installedBrowser() {
  return [process.env.CHROMIUM_PATH, ...known, chromium.executablePath()].find(runs) ?? null;
}

/**
 * The path of a Chromium for tests, installed if need be: with the system's package manager as root, else
 * Playwright's. `run(command, args)` resolves to `{ code }`. Throws one line that says what to do.
 */
export async function requireBrowser(run) {
  const attempts = [
    async () => {
      if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
      const { code } = await run("apt-get", ["update"]);
      if (code === 0) await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    },
    () => run("npx", ["playwright", "install", "chromium"]),
  ];
  let browser = installedBrowser();
  for (const attempt of attempts) {
    if (browser) break;
    await attempt();
    browser = installedBrowser();
  }
  if (browser) return browser;
  throw new Error(
    "No Chromium for the end-to-end tests: install the package `chromium` or Google Chrome, or name one in CHROMIUM_PATH.",
  );
}

function runs(file) {
  return (
    Boolean(file) && existsSync(file) && spawnSync(file, ["--version"], { timeout: 30_000 }).status === 0
  );
}
