import { compareMasks } from "@/lib/science/metrics/compare-masks";
import { drag, painted } from "./support/pen";
import {
  expectFigures,
  expectSameMask,
  maskOf,
  newestLabel,
  openSlice,
  saveDrawing,
  savedMask,
  sliceOf,
  versionItem,
} from "./support/reading-room";
import { expect, test } from "./support/test";

/** A label's versions are compared and brought back, on the eighth phantom. */

test.use({ as: "READER" });

test("any two versions are compared, and an earlier one is brought back as the newest", async ({ page }) => {
  // As on plain http: browsers offer these on https and localhost alone.
  await page.addInitScript(() => {
    for (const name of ["randomUUID", "subtle"]) Object.defineProperty(crypto, name, { value: undefined });
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  const slice = await sliceOf("0008", ({ areaPixels }) => areaPixels > 200);
  await openSlice(page, slice);
  const v = slice.version;
  const original = await newestLabel(slice);
  const first = await maskOf(page, original, slice);
  await page.keyboard.press("b");
  const second = painted(
    first,
    slice,
    await drag(page, slice, [
      [60, 60],
      [90, 70],
    ]),
  );
  await saveDrawing(page, v + 1);
  await page.keyboard.press("e");
  const third = painted(
    second,
    slice,
    await drag(page, slice, [
      [75, 40],
      [75, 90],
    ]),
    { value: 0 },
  );
  await saveDrawing(page, v + 2);
  expectSameMask(await savedMask(page, slice), third);

  const history = page.getByRole("region", { name: "This slice’s label" });
  await history.getByRole("button", { name: "Compare" }).click();
  await expectFigures(
    history.getByRole("region", { name: `version ${v + 2} compared with version ${v + 1}` }),
    compareMasks(second, third, slice),
  );
  await page.getByRole("radio", { name: `Compare from version ${v}`, exact: true }).check();
  await expectFigures(
    history.getByRole("region", { name: `version ${v + 2} compared with version ${v}` }),
    compareMasks(first, third, slice),
  );
  await page.getByRole("radio", { name: `Compare to version ${v + 1}`, exact: true }).check();
  await expectFigures(
    history.getByRole("region", { name: `version ${v + 1} compared with version ${v}` }),
    compareMasks(first, second, slice),
  );
  await page.keyboard.press("Escape");
  await expect(history.getByRole("radio")).toHaveCount(0);

  await versionItem(page, v)
    .getByRole("button", { name: `Restore version ${v}` })
    .click();
  const dialog = page.getByRole("dialog", { name: `Restore version ${v}?` });
  await expectFigures(
    dialog.getByRole("region", { name: `version ${v} compared with version ${v + 2}, the current one` }),
    compareMasks(third, first, slice),
  );
  await dialog.getByLabel("Note (optional)").fill("the first outline was better");
  await dialog.getByRole("button", { name: `Restore version ${v}` }).click();
  await expect(dialog).toBeHidden();
  await expect(history.getByText(`Version ${v} restored as version ${v + 3}.`)).toBeVisible();
  await expect(versionItem(page, v + 3)).toContainText(`restores version ${v}`);

  expect(await newestLabel(slice)).toMatchObject({
    version: v + 3,
    labelClass: original.labelClass,
    maskSha256: original.maskSha256,
    areaPixels: original.areaPixels,
    source: "HUMAN",
    restoredVersion: v,
    note: "the first outline was better",
  });
  expectSameMask(await savedMask(page, slice), first);
});
