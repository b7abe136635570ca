import { smallImage, studyArchive } from "../support/small-images";
import { importPhantoms, query, untilPredicted } from "./support/installation";
import { untilReady } from "./support/reading-room";
import { expect, test } from "./support/test";
import { openSlice, type SliceRecord, slicesOfStudy } from "./support/viewer";

/** Slices without a label, of two patients; every other phantom's slices have one. */

test.use({ as: "READER" });

const grid = { rows: 48, columns: 48 };
const run = Date.now();
const studies = ["A", "B"].map((name) => `UNLABELLED_${name}_${run}_20240102`);
let slices: SliceRecord[];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  for (const [index, study] of studies.entries()) {
    const made = [1, 2].map((position) => ({
      ...grid,
      position,
      image: smallImage(grid, run + 2 * index + position),
      mask: null,
    }));
    await importPhantoms(studyArchive(study, made));
  }
  for (const study of studies) await untilPredicted(study, 2);
  slices = (await Promise.all(studies.map(slicesOfStudy))).flat();
  expect(slices).toHaveLength(4);
});

const sliceOf = (address: string) => {
  const { pathname, searchParams } = new URL(address);
  return slices.find(
    ({ studyId, position }) => pathname.endsWith(studyId) && String(position) === searchParams.get("slice"),
  )!;
};

test("decisions lead from patient to patient, until every slice has a label", async ({ page }) => {
  await openSlice(page, slices[0]!);
  await page.getByLabel("After a decision").selectOption("next without a label");
  const read = [slices[0]!];
  for (;;) {
    await untilReady(page, read.at(-1)!.position);
    await page.keyboard.press("y");
    if (read.length === slices.length) break;
    await expect.poll(() => read.includes(sliceOf(page.url()))).toBe(false);
    read.push(sliceOf(page.url()));
  }
  // Both patients' first, then both's second.
  for (const round of [read.slice(0, 2), read.slice(2)])
    expect(new Set(round.map(({ studyId }) => studyId)).size).toBe(2);
  await expect(page.getByText("Every other slice has a label.")).toBeVisible();
  expect(new Set(read.map(({ id }) => id)).size).toBe(4);
  const labels = await query<{ version: number; source: string }>(
    `SELECT "version", "source" FROM "Label" WHERE "sliceId" = ANY($1::uuid[])`,
    [slices.map(({ id }) => id)],
  );
  expect(labels).toEqual(Array(4).fill({ version: 1, source: "MODEL" }));

  // Also by its key, whatever decisions lead to.
  await page.getByLabel("After a decision").selectOption("stay");
  await page.reload();
  await untilReady(page, read.at(-1)!.position);
  await page.keyboard.press("Shift+N");
  await expect(page.getByText("Every other slice has a label.")).toBeVisible();
});
