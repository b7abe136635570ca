import type { BrowserContext, Page } from "@playwright/test";
import { compareMasks } from "@/lib/science/metrics/compare-masks";
import { demoAccount, queryOne } from "./support/installation";
import { drag, lowered, painted } from "./support/pen";
import {
  draftsOn,
  drawingStatus,
  expectFigures,
  expectOutline,
  expectSameMask,
  maskOf,
  newestLabel,
  notices,
  openSlice,
  type Slice,
  saveDrawing,
  savedMask,
  sliceOf,
} from "./support/reading-room";
import { expect, test, watch } from "./support/test";

/** A reader and a reviewer draw on one slice; whoever saves second is asked. On the fifth phantom. */

test.use({ as: "READER" });

let reviewerContext: BrowserContext;
let reviewer: Page;
let problems: string[];

test.beforeEach(async ({ browser, baseURL, sessionOf, viewport }) => {
  const storageState = await sessionOf("REVIEWER");
  reviewerContext = await browser.newContext({ baseURL, viewport, storageState });
  reviewer = await reviewerContext.newPage();
  problems = watch(reviewer);
});
test.afterEach(async () => {
  await reviewerContext.close();
  expect(problems).toEqual([]);
});

test("a stale save is refused and compared, and goes on top only when that is chosen", async ({ page }) => {
  const slice = await sliceOf("0005", ({ areaPixels }) => areaPixels > 200);
  const { theirs, mine } = await bothDraw(page, slice);

  const own = reviewer.getByRole("region", { name: "yours compared with theirs" });
  await reviewer.getByRole("button", { name: "Compare" }).first().click();
  await expectFigures(own, compareMasks(theirs, mine, slice));
  expect((await newestLabel(slice)).version).toBe(slice.version + 1);
  expect(await draftsOn(slice)).toHaveLength(1);

  await reviewer.getByRole("button", { name: "Save mine as the next version" }).click();
  await expect(reviewer.getByText(`Saved as version ${slice.version + 2}:`)).toBeVisible();
  const label = await newestLabel(slice);
  expect(label).toMatchObject({ version: slice.version + 2, labelClass: "TUMOR", source: "HUMAN" });
  expect(label.authorId).toBe(await idOf("REVIEWER"));
  expectSameMask(await maskOf(page, label, slice), mine);
  expect(await draftsOn(slice)).toEqual([]);
  await expect(notices(page)).toContainText(`Version ${slice.version + 2} was saved meanwhile`);
});

test("taking theirs drops the own drawing, here and on the server", async ({ page }) => {
  const slice = await sliceOf("0005", ({ areaPixels }) => areaPixels > 200);
  const { theirs } = await bothDraw(page, slice);
  await reviewer.getByRole("button", { name: "Use theirs" }).click();
  await expect(reviewer.getByText("Not saved:")).toBeHidden();
  await expectOutline(reviewer, theirs, slice);
  await expect.poll(() => draftsOn(slice)).toEqual([]);
  expect((await newestLabel(slice)).version).toBe(slice.version + 1);
  await reviewer.reload();
  await expectOutline(reviewer, theirs, slice);
  await expect(reviewer.getByRole("button", { name: "Discard the drawing" })).toBeHidden();
});

/** The reader draws and saves while the reviewer draws, and the reviewer's save is refused. */
async function bothDraw(reader: Page, slice: Slice) {
  const before = await maskOf(reader, await newestLabel(slice), slice);
  await openSlice(reader, slice);
  await openSlice(reviewer, slice);
  await reader.keyboard.press("b");
  const theirs = painted(
    before,
    slice,
    await drag(
      reader,
      slice,
      lowered(slice, [
        [60, 60],
        [90, 70],
      ]),
    ),
  );
  await expect(drawingStatus(reader)).toContainText("kept on the server");
  await expect(notices(reviewer)).toContainText("Demo reader is drawing on this slice");

  await reviewer.keyboard.press("b");
  const mine = painted(
    before,
    slice,
    await drag(
      reviewer,
      slice,
      lowered(slice, [
        [70, 55],
        [80, 90],
      ]),
    ),
  );
  await expect(drawingStatus(reviewer)).toContainText("kept on the server");
  await expect(notices(reader)).toContainText("Demo reviewer is drawing on this slice");

  await saveDrawing(reader, slice.version + 1);
  await expect(notices(reviewer)).toContainText(
    `Version ${slice.version + 1} was saved meanwhile by Demo reader`,
  );
  await expect(notices(reviewer)).not.toContainText("is drawing on this slice");
  await expectOutline(reviewer, mine, slice);
  await reviewer.keyboard.press("s");
  await expect(reviewer.getByText("Not saved: someone else has saved a label of this slice.")).toBeVisible();
  expectSameMask(await savedMask(reader, slice), theirs);
  return { theirs, mine };
}

async function idOf(role: "REVIEWER"): Promise<string> {
  const { id } = await queryOne<{ id: string }>(`SELECT "id" FROM "User" WHERE "email" = $1`, [
    demoAccount(role).email,
  ]);
  return id;
}
