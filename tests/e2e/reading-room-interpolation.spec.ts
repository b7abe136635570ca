import { interpolateMasks } from "@/lib/science/imaging/mask-editing/interpolate-masks";
import { drag, painted } from "./support/pen";
import {
  draftsOn,
  drawingStatus,
  expectOutline,
  expectSameMask,
  goToSlice,
  newestLabel,
  openSlice,
  type Slice,
  saveDrawing,
  savedMask,
  slicesOf,
  stripItem,
  unsavedList,
  untilReady,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** Two slices are drawn, the three between are made: on the twelfth phantom, beside its tumor. */

test.use({ as: "READER" });

test("interpolation drafts the slices between two drawn ones; each is saved or discarded on its own", async ({
  page,
}) => {
  const five = await fiveWithoutMask("0012");
  const [below, first, middle, third, above] = five;
  await openSlice(page, below);
  await page.keyboard.press("b");
  const empty = new Uint8Array(below.rows * below.columns);
  const low = painted(
    empty,
    below,
    await drag(page, below, [
      [100, 100],
      [130, 104],
      [104, 120],
    ]),
  );
  await expect(drawingStatus(page)).toContainText("kept on the server");
  await goToSlice(page, above);
  const high = painted(
    empty,
    above,
    await drag(page, above, [
      [108, 104],
      [142, 118],
      [110, 140],
    ]),
  );
  await expect(drawingStatus(page)).toContainText("kept on the server");

  await goToSlice(page, middle);
  await expectOutline(page, empty, middle);
  await page.keyboard.press("j");
  await expect(drawingStatus(page)).toContainText(
    `Drawn between slices ${below.position} and ${above.position}: slices ${first.position}, ${middle.position}, ${third.position}.`,
  );
  const between = (slice: Slice, quarter: number) => interpolateMasks(low, high, slice, quarter / 4);
  await expectOutline(page, between(middle, 2), middle);
  for (const slice of five) {
    await expect(stripItem(page, slice.position)).toHaveAccessibleName(/drawing not saved$/);
    await expect.poll(async () => (await draftsOn(slice)).length).toBe(1);
  }
  expect((await draftsOn(first))[0]!.strokes.map(({ tool }) => tool)).toEqual(["interpolate"]);
  await expect(unsavedList(page)).toContainText("and 3 more");

  // One act: one undo takes it back on all its slices, and one redo brings it back.
  const named = `${first.position}, ${middle.position}, ${third.position}`;
  const standing = async (slice: Slice) => (await draftsOn(slice))[0]?.done;
  await page.keyboard.press("Control+z");
  await expect(drawingStatus(page)).toContainText(`Undone: interpolation on slice ${named}.`);
  await expectOutline(page, empty, middle);
  for (const slice of [first, middle, third]) {
    await expect(stripItem(page, slice.position)).not.toHaveAccessibleName(/drawing not saved$/);
    await expect.poll(() => standing(slice)).toBe(0);
  }
  await expect(stripItem(page, below.position)).toHaveAccessibleName(/drawing not saved$/);
  await page.reload();
  await untilReady(page, middle.position);
  await expectOutline(page, empty, middle);
  await page.keyboard.press("Control+y");
  await expect(drawingStatus(page)).toContainText(`Redone: interpolation on slice ${named}.`);
  await expectOutline(page, between(middle, 2), middle);
  for (const slice of [first, middle, third]) await expect.poll(() => standing(slice)).toBe(1);

  await saveDrawing(page, middle.version + 1);
  expect(await newestLabel(middle)).toMatchObject({ labelClass: "TUMOR", source: "HUMAN" });
  expectSameMask(await savedMask(page, middle), between(middle, 2));
  expect(await draftsOn(middle)).toEqual([]);
  await expect(unsavedList(page)).toContainText("and 2 more");

  for (const [slice, quarter] of [
    [first, 1],
    [third, 3],
  ] as const) {
    await goToSlice(page, slice);
    await expectOutline(page, between(slice, quarter), slice);
    await discardDrawing();
    await expectOutline(page, empty, slice);
    await expect.poll(() => draftsOn(slice)).toEqual([]);
    expect((await newestLabel(slice)).version).toBe(slice.version);
  }
  await expect(unsavedList(page).getByRole("button")).toHaveText([
    `✎ Slice ${below.position}: drawing not saved`,
    `✎ Slice ${above.position}: drawing not saved`,
  ]);
  await unsavedList(page).getByRole("button").first().click();
  await expect(page.getByRole("button", { name: "Discard the drawing" })).toBeVisible();
  await discardDrawing();
  await goToSlice(page, above);
  await discardDrawing();
  await expect(unsavedList(page)).toBeEmpty();

  // As it was, so that the slices can be interpolated again.
  await goToSlice(page, middle);
  await page.keyboard.press("Shift+Delete");
  await saveDrawing(page, middle.version + 2);

  async function discardDrawing() {
    await page.getByRole("button", { name: "Discard the drawing" }).click();
    await expect(page.getByRole("button", { name: "Discard the drawing" })).toBeHidden();
  }
});

/** Five slices in a row that show no tumor. */
async function fiveWithoutMask(phantom: string): Promise<[Slice, Slice, Slice, Slice, Slice]> {
  const slices = await slicesOf(phantom);
  const fits = (slice: Slice) => slice.areaPixels === 0 && !slice.isDrawnOn;
  const from = slices.findIndex((_, index) => {
    const row = slices.slice(index, index + 5);
    return row.length === 5 && row.every(fits);
  });
  if (from < 0) throw new Error(`Phantom ${phantom} has no five slices in a row without a mask`);
  return slices.slice(from, from + 5) as [Slice, Slice, Slice, Slice, Slice];
}
