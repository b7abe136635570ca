import { brushed, drag, lowered } from "./support/pen";
import {
  areaOf,
  draftsOn,
  drawingStatus,
  emptyMask,
  expectOutline,
  expectSameMask,
  maskOf,
  newestLabel,
  openSlice,
  predictedTumor,
  proposedMask,
  saveDrawing,
  savedMask,
  sliceOf,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** What becomes of a drawing when its reader decides, and of the model's mask when it is edited. */

const phantom = "0009";
test.use({ as: "READER" });

test.describe("a decision against what was drawn asks first", () => {
  test("Escape goes back to drawing, and the first answer saves the drawing", async ({ page }) => {
    const slice = await sliceOf(phantom, predictedTumor);
    await openSlice(page, slice);
    const before = await maskOf(page, await newestLabel(slice), slice);
    await page.keyboard.press("b");
    const drawn = await brushed(page, slice, before, [
      [60, 60],
      [75, 66],
    ]);
    await page.keyboard.press("x");
    const question = page.getByRole("dialog", { name: "You have drawn on this slice" });
    await expect(question).toContainText(
      `Your drawing has ${areaOf(drawn).toLocaleString("en")} px of tumor`,
    );
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expectOutline(page, drawn, slice);
    expect((await newestLabel(slice)).version).toBe(slice.version);

    await page.keyboard.press("x");
    await expect(question).toBeVisible();
    await page.keyboard.press("1");
    await expect(
      page.getByText(`Saved as version ${slice.version + 1}: tumor with the drawn mask`),
    ).toBeVisible();
    expect(await newestLabel(slice)).toMatchObject({ labelClass: "TUMOR", version: slice.version + 1 });
    expectSameMask(await savedMask(page, slice), drawn);
  });

  test("the second answer drops the drawing, here and on the server", async ({ page }) => {
    const slice = await sliceOf(phantom, predictedTumor);
    await openSlice(page, slice);
    await page.keyboard.press("b");
    await drag(
      page,
      slice,
      lowered(slice, [
        [60, 60],
        [75, 66],
      ]),
    );
    await expect(drawingStatus(page)).toContainText("kept on the server");
    await page.keyboard.press("x");
    const question = page.getByRole("dialog", { name: "You have drawn on this slice" });
    await question.getByRole("button", { name: /drop my drawing/ }).click();
    await expect(page.getByText(`Saved as version ${slice.version + 1}: no tumor`)).toBeVisible();
    expect(await newestLabel(slice)).toMatchObject({
      version: slice.version + 1,
      labelClass: "NO_TUMOR",
      maskSha256: null,
    });
    expect(await draftsOn(slice)).toEqual([]);
    await expectOutline(page, emptyMask(slice), slice);
    // The slice is as other tests expect it: with its tumor.
    await page.keyboard.press("y");
    await expect(page.getByText(`Saved as version ${slice.version + 2}: tumor`)).toBeVisible();
  });
});

test("the model's mask is taken to be edited; it stems from the model, edited or not", async ({ page }) => {
  const slice = await sliceOf(
    phantom,
    (one) => predictedTumor(one) && one.proposedPixels > 300 && one.labelSource === "IMPORTED",
  );
  const proposed = await proposedMask(page, slice);
  const fromModel = { labelClass: "TUMOR", act: "DRAWN", maskOrigin: "MODEL" };
  await openSlice(page, slice);
  await page.keyboard.press("Shift+A");
  await expectOutline(page, proposed, slice);
  await saveDrawing(page, slice.version + 1);
  expect(await newestLabel(slice)).toMatchObject({ source: "HUMAN", ...fromModel });
  expectSameMask(await savedMask(page, slice), proposed);

  await page.keyboard.press("b");
  const edited = await brushed(page, slice, proposed, [
    [60, 60],
    [75, 66],
  ]);
  await saveDrawing(page, slice.version + 2);
  expect(await newestLabel(slice)).toMatchObject({
    source: "HUMAN",
    ...fromModel,
    areaPixels: areaOf(edited),
  });
  expectSameMask(await savedMask(page, slice), edited);
});
