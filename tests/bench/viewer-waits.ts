import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { type LatencyRow, latencyRow } from "./measure";

/** What is measured in a browser, each beside the bare page. `viewer-clock.js` is in every page of the context. */

export interface ReadStudy {
  studyId: string;
  /** Its slices in order. */
  ids: string[];
}

const steps = 60;
const openings = 12;
/** Until the neighbours of a slice are fetched ahead. */
const restMs = 300;
/** What takes longer will not come. */
const longestMs = 20_000;

/** In the page: all views show the slice at `position`. */
const drawn = (position: number) => `(() => {
  const views = [...document.querySelectorAll("section[aria-busy]")];
  return views.length > 0 && views.every((view) => view.getAttribute("aria-busy") === "false"
    && view.getAttribute("aria-label").includes(", slice ${position} of "));
})()`;
const referenceDrawn = (index: number) => `document.body?.dataset.slice === "${index}"`;

export type Measured = (context: BrowserContext, known: ReadStudy) => Promise<LatencyRow>;

/** The server is warm, and the browser has the page's scripts, as with the second study of a day; no picture is there. */
export const firstImage: Measured = async (context, { studyId, ids }) => {
  const [ours, reference]: [number[], number[]] = [[], []];
  const open = async (page: Page, address: string, shows: string) => {
    await page.addInitScript(`clock.arm("load", () => ${shows})`);
    await page.goto(address);
    const took = await result(page);
    await page.close();
    return took;
  };
  for (let opening = 0; opening < openings; opening++) {
    const position = 20 * (opening + 1);
    const took = await open(
      await context.newPage(),
      `/studies/${studyId}?slice=${position}`,
      drawn(position),
    );
    const bare = await open(
      await newBarePage(context),
      `/bench-reference?views=2&slices=${ids[position + 9]}`,
      referenceDrawn(0),
    );
    if (opening < 2) continue; // warming up
    ours.push(took);
    reference.push(bare);
  }
  return latencyRow("first image", "p95 < 1500", ours, reference);
};

export const nextSlice =
  (views: 1 | 2): Measured =>
  async (context, known) => {
    const page = await openStudy(context, known, views);
    const ours: number[] = [];
    for (let step = 1; step <= steps; step++) {
      await sleep(restMs);
      ours.push(await timed(page, "keydown", drawn(step + 1), () => page.keyboard.press("ArrowDown")));
    }
    await page.close();
    const reference = await bareSteps(context, known, `views=${views}`);
    return latencyRow(`next slice, ${views === 1 ? "one-up" : "two-up"}`, "p95 < 100", ours, reference);
  };

export const stripStep: Measured = async (context, known) => {
  const page = await openStudy(context, known, 1);
  const ours: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await sleep(restMs);
    const current = `document.querySelector("nav[aria-label=Slices] [aria-current]")?.ariaLabel.startsWith("Slice ${step + 1},")`;
    ours.push(await timed(page, "keydown", current, () => page.keyboard.press("ArrowRight")));
  }
  await page.close();
  const reference = await bareSteps(context, known, `views=1&items=${known.ids.length}`);
  return latencyRow(`strip step of ${known.ids.length}`, "", ours, reference);
};

export const stroke: Measured = async (context, known) => {
  const page = await openStudy(context, known, 2);
  // What an earlier run drew and did not save has come back.
  await page.keyboard.press("Shift+Delete");
  await page.keyboard.press("b");
  const box = (await page.getByRole("region", { name: /^FLAIR, slice/ }).boundingBox())!;
  const middle: [number, number] = [box.x + box.width / 2, box.y + box.height / 2];
  // The outline changes with each of these moves: the spiral's turns lie further apart than the brush is wide.
  const path = "document.querySelector('path[data-mask=current]')?.getAttribute('d')";
  const ours = await strokeAlong(page, middle, async (move) => {
    await page.evaluate(`window.before = ${path}`);
    return timed(page, "pointermove", `${path} !== window.before`, move);
  });
  await page.close();

  const bare = await openBare(context, known, "views=2");
  const reference = await strokeAlong(bare, [250, 250], async (move) => {
    await bare.evaluate("window.before = document.body.dataset.moved");
    return timed(bare, "pointermove", "document.body.dataset.moved !== window.before", move);
  });
  await bare.close();
  return latencyRow("stroke to pixels", "p95 < 50", ours, reference);
};

async function strokeAlong(
  page: Page,
  [x, y]: [number, number],
  measure: (move: () => Promise<void>) => Promise<number>,
): Promise<number[]> {
  const took: number[] = [];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    const turn = Math.sqrt(step) * 1.6;
    const reach = 9 * turn;
    took.push(await measure(() => page.mouse.move(x + reach * Math.cos(turn), y + reach * Math.sin(turn))));
    await sleep(30);
  }
  await page.mouse.up();
  return took;
}

async function openStudy(context: BrowserContext, { studyId }: ReadStudy, views: 1 | 2): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/studies/${studyId}?slice=1`);
  await until(page, drawn(1));
  // From two-up over three-up.
  for (let press = views; press < 2; press++) {
    await page.keyboard.press("l");
    await page.keyboard.press("l");
  }
  await until(page, `document.querySelectorAll("section[aria-busy]").length === ${views}`);
  await until(page, drawn(1));
  await sleep(1_000);
  return page;
}

async function openBare(context: BrowserContext, { ids }: ReadStudy, search: string): Promise<Page> {
  const page = await newBarePage(context);
  await page.goto(`/bench-reference?${search}&slices=${ids.slice(0, steps + 1).join(",")}`);
  await until(page, referenceDrawn(0));
  return page;
}

/** What answers for the bare page keeps a page from caching: no other has it. */
async function newBarePage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.route("**/bench-reference?*", (route) =>
    route.fulfill({ path: path.join(import.meta.dirname, "viewer-reference.html") }),
  );
  return page;
}

async function bareSteps(context: BrowserContext, known: ReadStudy, search: string): Promise<number[]> {
  const page = await openBare(context, known, search);
  const took: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await sleep(restMs);
    took.push(await timed(page, "keydown", referenceDrawn(step), () => page.keyboard.press("ArrowDown")));
  }
  await page.close();
  return took;
}

/** Not Playwright's own way of waiting, which the pages' security policy forbids. */
async function until(page: Page, shows: string): Promise<void> {
  await page.evaluate(`clock.arm("load", () => ${shows})`);
  await result(page);
}

async function timed(
  page: Page,
  kind: "keydown" | "pointermove",
  shows: string,
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate(`clock.arm("${kind}", () => ${shows})`);
  await act();
  return result(page);
}

async function result(page: Page): Promise<number> {
  const took = await Promise.race([page.evaluate<number>("clock.result()"), sleep(longestMs)]);
  if (took === undefined) throw new Error(`${page.url()} did not show what was asked of it`);
  return took;
}
