import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

/**
 * Software WebGL, so that the viewer draws the same on machines without a graphics card. Pages are put together on the
 * processor: through software WebGL that takes a tenth longer.
 */
export const browserFlags = [
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** A Chromium that is here and runs: the one in CHROMIUM_PATH, a system's, or Playwright's own; else null. */
export function installedBrowser() {
  return [process.env.CHROMIUM_PATH, ...known, chromium.executablePath()].find(runs) ?? null;
}

/** As above, but installs one if need be: with the system's package manager as root, else Playwright's. */
function requireBrowser() {
  const run = (command, ...args) => spawnSync(command, args, { stdio: ["ignore", 2, 2] }).status === 0;
  const withSystem = () =>
    process.getuid?.() === 0 &&
    existsSync("/usr/bin/apt-get") &&
    run("apt-get", "update") &&
    run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
  const withPlaywright = () => run("npx", "playwright", "install", "chromium");
  for (const attempt of [() => {}, withSystem, withPlaywright]) {
    attempt();
    const browser = installedBrowser();
    if (browser) return browser;
  }
  return null;
}

function runs(file) {
  return (
    Boolean(file) && existsSync(file) && spawnSync(file, ["--version"], { timeout: 30_000 }).status === 0
  );
}

// As a program it prints the path, or says what a person has to do.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = requireBrowser();
  console.log(
    browser ??
      "No Chromium for the end-to-end tests: install the package `chromium` or Google Chrome, or name one in CHROMIUM_PATH.",
  );
  process.exitCode = browser ? 0 : 1;
}
