import { query, queryOne } from "./support/installation";
import {
  currentItem,
  newestLabel,
  openSlice,
  type Slice,
  sliceOf,
  slicesOf,
  stripItem,
  untilReady,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** Decisions of one key. */

test.use({ as: "READER" });

test("keeping what is on file is one key, and leads on to the next flagged one where that is wished for", async ({
  page,
}) => {
  const slices = await slicesOf(await mostFlagged());
  const before = await flaggedOf(slices[0]!.studyId);
  expect(before.length, "flagged slices of the phantom").toBeGreaterThanOrEqual(3);
  const onFile = new Map(
    await Promise.all(before.slice(0, 2).map(async (slice) => [slice.id, await newestLabel(slice)] as const)),
  );
  const [first, second, third] = before.map(({ id }) => slices.find((slice) => slice.id === id)!);

  await openSlice(page, first!);
  await page.getByLabel("After a decision").selectOption("next flagged");
  await page.keyboard.press("a");
  await untilReady(page, second!.position);
  await expect(stripItem(page, first!.position)).toHaveAccessibleName(/(confirmed|agreed)$/);
  await page.keyboard.press("a");
  await untilReady(page, third!.position);

  for (const slice of [first!, second!]) {
    const { labelClass, maskSha256, areaPixels } = onFile.get(slice.id)!;
    const kept = { version: slice.version + 1, act: "KEPT", labelClass, maskSha256, areaPixels };
    expect(await newestLabel(slice)).toMatchObject(kept);
  }
  const left = (await flaggedOf(first!.studyId)).map(({ id }) => id);
  expect(left).toEqual(before.slice(2).map(({ id }) => id));

  await page.getByLabel("After a decision").selectOption("stay");
  await page.keyboard.press("a");
  await expect(page.getByText(`Saved as version ${third!.version + 1}:`)).toBeVisible();
  await expect(currentItem(page)).toHaveAccessibleName(new RegExp(`^Slice ${third!.position},`));
});

test("'unsure' asks why, and the reason's number is the answer", async ({ page }) => {
  const slice = await sliceOf("0011");
  await openSlice(page, slice);
  await page.getByRole("textbox", { name: "Note (optional)" }).fill("motion in the upper half");
  await page.keyboard.press("Enter");
  await page.keyboard.press("u");
  const question = page.getByRole("dialog", { name: "Why are you unsure?" });
  await expect(question).toBeVisible();
  expect((await newestLabel(slice)).version).toBe(slice.version);

  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  expect((await newestLabel(slice)).version).toBe(slice.version);

  await expect(page.locator("dialog", { hasText: "Why are you unsure?" })).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(question.getByRole("button").nth(1)).toContainText("motion or artifact");
  await page.keyboard.press("2");
  await expect(page.getByText(`Saved as version ${slice.version + 1}: unsure`)).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({
    version: slice.version + 1,
    labelClass: "CANNOT_TELL",
    source: "HUMAN",
    maskSha256: null,
    reason: "ARTEFACT",
    note: "motion in the upper half",
  });
  const newest = page
    .getByRole("list", { name: "Label versions, newest first" })
    .getByRole("listitem")
    .first();
  await expect(newest).toContainText("reason: motion or artifact");
  await expect(newest).toContainText("motion in the upper half");
});

test("a save leaves at once, while what is read is still on its way", async ({ page }) => {
  const slice = await sliceOf("0011");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held: string[] = [];
  await page.route(/\/api\/(slices|studies)\/[^/]+\/(next-\w+|label-uses|drafts)$/, async (route) => {
    held.push(new URL(route.request().url()).pathname);
    await released;
    await route.continue();
  });
  await openSlice(page, slice);
  await page.keyboard.press("n");
  await expect(page.getByText("Looking for the next flagged slice…")).toBeVisible();
  expect(held.some((path) => path.endsWith("next-flagged"))).toBe(true);

  await page.keyboard.press("a");
  await expect(page.getByText(`Saved as version ${slice.version + 1}:`)).toBeVisible();
  expect((await newestLabel(slice)).version).toBe(slice.version + 1);
  await expect(page.getByText("Looking for the next flagged slice…")).toBeVisible();
  release();
  await expect(page.getByText("Looking for the next flagged slice…")).toBeHidden();
});

test("what was typed before a decision is there again after a reload, until a label has it", async ({
  page,
}) => {
  const slice = await sliceOf("0011");
  await openSlice(page, slice);
  const note = page.getByRole("textbox", { name: "Note (optional)" });
  await note.fill("typed before the reload");
  await note.press("Enter");
  await page.getByRole("combobox", { name: /^Reason/ }).selectOption("outside the picture");
  await page.reload();
  await untilReady(page, slice.position);
  await expect(note).toHaveValue("typed before the reload");
  await page.keyboard.press("u");
  await expect(page.getByText(`Saved as version ${slice.version + 1}: unsure`)).toBeVisible();
  expect(await newestLabel(slice)).toMatchObject({ reason: "CUT_OFF", note: "typed before the reload" });
  await expect(note).toHaveValue("");
  await page.reload();
  await untilReady(page, slice.position);
  await expect(note).toHaveValue("");
});

/** The phantom with the most flagged slices, but none that another test works on: "0010". */
async function mostFlagged(): Promise<string> {
  const { phantom } = await queryOne<{ phantom: string }>(
    `SELECT split_part("key", '_', 3) AS "phantom" FROM "Flag" JOIN "Slice" ON "Slice"."id" = "Flag"."sliceId"
     JOIN "Study" ON "Study"."id" = "Slice"."studyId"
     JOIN "Model" ON "Model"."id" = "modelId" AND "Model"."state" = 'PRODUCTION'
     WHERE "key" LIKE 'PHANTOM%' AND split_part("key", '_', 3) IN ('0002', '0004', '0007', '0010')
     GROUP BY "key" ORDER BY count(DISTINCT "sliceId") DESC, "key" LIMIT 1`,
  );
  return phantom;
}

/** Flagged slices of a study in order, as they are now. */
function flaggedOf(studyId: string): Promise<Pick<Slice, "id" | "position">[]> {
  return query(
    `SELECT "id", "position" FROM "Slice" WHERE "studyId" = $1
       AND EXISTS (SELECT 1 FROM "Flag" JOIN "Model" ON "Model"."id" = "modelId" AND "Model"."state" = 'PRODUCTION'
                   WHERE "sliceId" = "Slice"."id") ORDER BY "position"`,
    [studyId],
  );
}
