import { mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { maskPathOf } from "@/app/(workspace)/reading-room/room/masks/mask-path";
import { browserFlags, installedBrowser } from "../support/browser.mjs";
import { query, sulcus, whileServerIsDown } from "./support/installation";
import { brushed, lowered, painted, press } from "./support/pen";
import {
  draftsOn,
  drawingStatus,
  expectOutline,
  expectSameMask,
  newestLabel,
  notices,
  openSlice,
  saveDrawing,
  savedMask,
  sliceOf,
  untilReady,
} from "./support/reading-room";
import { signInByForm } from "./support/session";
import { expect, test } from "./support/test";

/** Strokes outlive the page, the network, the server and the session: on the third phantom. */

const phantom = "0003";

test.describe("a browser that is killed in the middle of a stroke", () => {
  let profile: string;
  let killed: BrowserContext | undefined;
  let reopened: BrowserContext | undefined;
  test.beforeEach(async () => {
    profile = await mkdtemp(path.join(tmpdir(), "sulcus-browser-"));
  });
  test.afterEach(async () => {
    await Promise.all([killed?.close().catch(() => {}), reopened?.close()]);
    await rm(profile, { recursive: true, force: true });
  });

  test("gives back all strokes, of the one under way all but its last moment", async ({
    baseURL,
    sessionOf,
  }) => {
    const slice = await sliceOf(phantom);
    const open = async () => {
      const context = await chromium.launchPersistentContext(profile, {
        baseURL,
        viewport: { width: 1440, height: 900 },
        executablePath: installedBrowser() ?? undefined,
        args: browserFlags,
      });
      await context.addCookies((await sessionOf("READER")).cookies);
      return context;
    };
    killed = await open();
    const page = killed.pages()[0]!;
    await openSlice(page, slice);
    const before = await savedMask(page, slice);
    await page.keyboard.press("b");
    const first = await brushed(page, slice, before, [
      [90, 100],
      [130, 104],
    ]);
    const way = await press(
      page,
      slice,
      lowered(slice, [
        [90, 150],
        [160, 140],
        [170, 170],
        [100, 180],
      ]),
      { steps: 40 },
    );
    const whole = painted(
      first,
      slice,
      way.map(({ point }) => point),
    );
    await expectOutline(page, whole, slice);
    await untilJournalRests(page);
    process.kill(await browserProcess(profile), "SIGKILL");

    reopened = await open();
    const again = reopened.pages()[0]!;
    await openSlice(again, slice);
    await expect(notices(again)).toContainText(/Unsaved drawing \(2 strokes\) from .* restored/);
    await expect(drawingStatus(again)).toContainText("2 strokes: draft kept on the server");
    const outline = await again.locator("path[data-mask=current]").first().getAttribute("d");
    // The journal gets an open stroke every 200 ms: what is back is a beginning of the way that lacks no more.
    const beginnings = way.map((_, end) =>
      painted(
        first,
        slice,
        way.slice(0, end + 1).map(({ point }) => point),
      ),
    );
    const back = beginnings.findLastIndex((mask) => maskPathOf(mask, slice.rows, slice.columns) === outline);
    expect(back, "a beginning of the way").toBeGreaterThanOrEqual(0);
    const lost = way.slice(back + 1);
    if (lost.length > 0) expect(lost.at(-1)!.at - lost[0]!.at).toBeLessThanOrEqual(250);

    await again.keyboard.press("Control+z");
    await expectOutline(again, first, slice);
    await expect(notices(again)).toBeHidden();
    await again.keyboard.press("Control+y");
    await saveDrawing(again, slice.version + 1);
    expectSameMask(await savedMask(again, slice), beginnings[back]!);
    expect(await draftsOn(slice)).toEqual([]);
  });
});

test.describe("a server that is down", () => {
  test.use({ as: "READER" });

  test("gets the strokes that were drawn meanwhile when it is back", async ({ page, baseURL, provoked }) => {
    provoked.push(/^lost: /, /^5\d\d: /, /^console: /);
    const slice = await sliceOf(phantom);
    await openSlice(page, slice);
    const before = await savedMask(page, slice);
    await page.keyboard.press("b");
    let mask = await brushed(page, slice, before, [
      [90, 100],
      [130, 104],
    ]);
    await expect(drawingStatus(page)).toContainText("1 stroke: draft kept on the server");
    await whileServerIsDown(baseURL!, async () => {
      mask = await brushed(page, slice, mask, [
        [90, 150],
        [160, 140],
      ]);
      await expect(drawingStatus(page)).toContainText(
        "2 strokes: kept in this browser; the server cannot be reached",
      );
      mask = await brushed(page, slice, mask, [
        [60, 120],
        [70, 140],
      ]);
      await expectOutline(page, mask, slice);
      // The page looks for news from time to time; where nobody answers it stays as it is.
      await page.waitForEvent("requestfailed", {
        predicate: (request) => request.url().endsWith("/api/health/live"),
        timeout: 60_000,
      });
      await expect(drawingStatus(page)).toContainText("3 strokes: kept in this browser");
      await expectOutline(page, mask, slice);
    });
    await expect(drawingStatus(page)).toContainText("3 strokes: draft kept on the server", {
      timeout: 60_000,
    });
    expect(await draftsOn(slice)).toEqual([expect.objectContaining({ done: 3 })]);
    await expectOutline(page, mask, slice);
    await saveDrawing(page, slice.version + 1);
    expectSameMask(await savedMask(page, slice), mask);
  });

  test("offline, strokes stay in the browser, and they arrive by themselves once it is online", async ({
    page,
    context,
    provoked,
  }) => {
    provoked.push(/^lost: .* net::ERR_INTERNET_DISCONNECTED/, /^console: /);
    const slice = await sliceOf(phantom);
    await openSlice(page, slice);
    const before = await savedMask(page, slice);
    await page.keyboard.press("b");
    await context.setOffline(true);
    const mask = await brushed(page, slice, before, [
      [90, 100],
      [130, 104],
    ]);
    await expect(drawingStatus(page)).toContainText(
      "1 stroke: kept in this browser; the server cannot be reached",
    );
    expect(await draftsOn(slice)).toEqual([]);
    await context.setOffline(false);
    await expect(drawingStatus(page)).toContainText("1 stroke: draft kept on the server");
    expect(await draftsOn(slice)).toEqual([expect.objectContaining({ done: 1 })]);
    await saveDrawing(page, slice.version + 1);
    expectSameMask(await savedMask(page, slice), mask);
  });
});

test("a session that ends while drawing: signing in again brings the strokes back", async ({
  page,
  provoked,
}) => {
  provoked.push(/^401: /);
  const email = `drawing-reader-${Date.now()}@test.example`;
  const added = (await sulcus("user", "add", email, "--role", "reader", "--name", "Drawing Reader")) as {
    id: string;
    password: string;
  };
  const slice = await sliceOf(phantom);
  await signInByForm(page, { email, password: added.password });
  await openSlice(page, slice);
  const before = await savedMask(page, slice);
  await page.keyboard.press("b");
  let mask = await brushed(page, slice, before, [
    [90, 100],
    [130, 104],
  ]);
  await expect(drawingStatus(page)).toContainText("1 stroke: draft kept on the server");

  await query(`UPDATE "User" SET "sessionEpoch" = "sessionEpoch" + 1 WHERE "id" = $1`, [added.id]);
  mask = await brushed(page, slice, mask, [
    [90, 150],
    [160, 140],
  ]);
  await expect(drawingStatus(page)).toContainText("2 strokes: kept in this browser; your session has ended");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(added.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await untilReady(page, slice.position);

  await expect(notices(page)).toContainText(/Unsaved drawing \(2 strokes\) from .* restored/);
  await expectOutline(page, mask, slice);
  await expect(drawingStatus(page)).toContainText("2 strokes: draft kept on the server");
  await saveDrawing(page, slice.version + 1);
  expect(await newestLabel(slice)).toMatchObject({ authorId: added.id, version: slice.version + 1 });
  expectSameMask(await savedMask(page, slice), mask);
});

/** Waits until what the browser has on its disk no longer changes. */
async function untilJournalRests(page: Page) {
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open("sulcus");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const drafts = opening.result.transaction("drafts").objectStore("drafts").getAll();
            drafts.onsuccess = () => {
              opening.result.close();
              resolve(JSON.stringify(drafts.result));
            };
          };
        }),
    );
  let before = "";
  await expect
    .poll(
      async () => {
        const now = await kept();
        const rests = now === before && now !== "[]";
        before = now;
        return rests;
      },
      { intervals: [300] },
    )
    .toBe(true);
}

/** A browser locks its profile with a link to `HOST-PID`. */
async function browserProcess(profile: string): Promise<number> {
  return Number((await readlink(path.join(profile, "SingletonLock"))).split("-").at(-1));
}
