import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { queryOne } from "./support/installation";
import { expect, test } from "./support/test";
import { openSlice, type SliceRecord, settled, views } from "./support/viewer";

/** The reading room without a mouse, on small and large screens, and in the dark. */

test.use({ as: "READER" });

let slice: SliceRecord;
test.beforeAll(async () => {
  const find = () =>
    queryOne<SliceRecord>(
      `SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
       JOIN "Study" ON "Study"."id" = "studyId" JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
       WHERE "Study"."key" LIKE 'PHANTOM%' ORDER BY "Study"."key" DESC, "position" LIMIT 1`,
    );
  await expect(async () => find()).toPass({ timeout: 150_000 });
  slice = await find();
});

test("every tool has its key, Escape goes back to the window, and the list of keys is on ?", async ({
  page,
}) => {
  await openSlice(page, slice);
  const tools = page.getByRole("toolbar", { name: "Tools" });
  const pressed = tools.locator("[aria-pressed=true]");
  for (const [key, name] of [
    ["v", "Move (V)"],
    ["z", "Zoom (Z)"],
    ["d", "Distance (D)"],
    ["g", "Area (G)"],
    ["b", "Brush (B)"],
    ["e", "Eraser (E)"],
    ["t", "Threshold brush (T)"],
    ["p", "Polygon (P)"],
    ["f", "Flood fill (F)"],
    ["w", "Window (W)"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(pressed).toHaveCount(1);
    await expect(pressed).toHaveAccessibleName(name);
  }
  await page.keyboard.press("b");
  const width = page.getByLabel("Brush width");
  await expect(width).toHaveText("8 px");
  await page.keyboard.press("]");
  await expect(width).toHaveText("10 px");
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await expect(width).toHaveText("6 px");
  await page.keyboard.press("Escape");
  await expect(pressed).toHaveAccessibleName("Window (W)");

  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  for (const words of [
    "Keep label and mask as they are on file",
    "Brush, eraser, threshold brush",
    "Undo, redo a stroke",
    "Heatmap on, off",
  ]) {
    await expect(dialog).toContainText(words);
  }
  // Keys mean nothing to the room while the list is open.
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(pressed).toHaveAccessibleName("Window (W)");
  await page.keyboard.press("e");
  await expect(pressed).toHaveAccessibleName("Eraser (E)");
});

test("letters typed in a field are text and no commands", async ({ page }) => {
  await openSlice(page, slice);
  const note = page.getByRole("textbox", { name: /Note/ });
  await note.focus();
  await page.keyboard.type("blue hat on ice");
  await expect(note).toHaveValue("blue hat on ice");
  await expect(
    page.getByRole("toolbar", { name: "Tools" }).locator("[aria-pressed=true]"),
  ).toHaveAccessibleName("Window (W)");
  await expect(views(page)).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^Heatmap/ })).toHaveAttribute("aria-pressed", "false");
});

for (const size of [
  { width: 1280, height: 720 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`at ${size.width} x ${size.height}`, () => {
    test.use({ viewport: size });

    test("nothing sticks out, and pictures, strip and the decision's buttons are in sight", async ({
      page,
    }) => {
      await openSlice(page, slice);
      for (const layout of [2, 3, 1]) {
        await expect(views(page)).toHaveCount(layout);
        await settled(page);
        const sideways = await page.evaluate(() => {
          const scrolling = [document.documentElement, document.body, document.querySelector("main")];
          return scrolling.some((one) => one && one.scrollWidth > one.clientWidth);
        });
        expect(sideways).toBe(false);
        const bottom = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        expect(bottom, "scrolls down").toBeLessThanOrEqual(0);
        const parts: Locator[] = [
          ...(await views(page).all()),
          ...["(A)", "(X)", "(U)"].map((key) =>
            page.getByRole("button", { name: new RegExp(`\\${key.slice(0, 2)}\\)$`) }),
          ),
          page.getByRole("button", { name: /^Heatmap/ }),
          page.getByRole("button", { name: /^Next flagged/ }),
          page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]"),
          page.getByRole("toolbar", { name: "Mask" }),
        ];
        for (const part of parts) await expectInside(part, size);
        await page.keyboard.press("l");
      }
    });
  });
}

test.describe("while a drawing stands at 1280 x 720", () => {
  const size = { width: 1280, height: 720 };
  test.use({ viewport: size });

  test("everything that decides on it is in sight, and O hides the strip", async ({ page }) => {
    await openSlice(page, await contradictedSlice());
    await page.keyboard.press("b");
    await draw(page);
    const column = page.getByRole("complementary", { name: "Decision" });
    const saves = column.getByRole("button", { name: /^Save drawing: .* \(S\)$/ });
    await expect(saves).toHaveAttribute("aria-disabled", "false");
    await expect(page.getByRole("status", { name: "Drawing" })).toContainText("kept on the server");
    const decisions = column.getByRole("button", { name: / \([SAYXU]\)$/ });
    expect(await decisions.count()).toBeGreaterThanOrEqual(4);
    const inSight = [
      ...(await decisions.all()),
      page.getByRole("button", { name: "Undo (Ctrl Z)" }),
      page.getByRole("button", { name: "Discard the drawing" }),
    ];
    for (const part of inSight) await expectInside(part, size);
    const { y, height } = (await column.boundingBox())!;
    for (const button of await decisions.all()) {
      const box = (await button.boundingBox())!;
      expect(box.y).toBeGreaterThanOrEqual(y);
      expect(box.y + box.height).toBeLessThanOrEqual(y + height);
    }
    expect(await column.evaluate(({ scrollTop }) => scrollTop)).toBe(0);

    const strip = page.getByRole("navigation", { name: "Slices" });
    await page.keyboard.press("o");
    await expect(strip).toBeHidden();
    await expect.poll(async () => (await column.boundingBox())!.height).toBeGreaterThan(height + 80);
    await expectInside(page.getByRole("textbox", { name: /Note/ }), size);
    // Remembered, like the tools' settings.
    await page.reload();
    await expect(page.getByRole("button", { name: "Strip of slices (O)" })).toHaveAttribute(
      "aria-expanded",
      "false",
    );
    await expect(strip).toBeHidden();
    await page.keyboard.press("o");
    await expect(strip).toBeVisible();
    await expect(saves).toBeVisible();
    await page.getByRole("button", { name: "Discard the drawing" }).click();
    await expect(saves).toHaveAttribute("aria-disabled", "true");
  });
});

/** Of a window: pictures that are there already fill an eighth; a white page, nearly all of it. */
const mostBright = 0.3;

test("no white flash: what is there right after the navigation, and until the pictures are, is dark", async ({
  page,
}) => {
  for (const address of ["/worklist", `/studies/${slice.studyId}?slice=${slice.position}`]) {
    await page.goto(address, { waitUntil: "commit" });
    for (let shot = 0; shot < 4; shot++)
      expect(await brightShare(page), `${address}, shot ${shot}`).toBeLessThan(mostBright);
  }
  await settled(page);
  // From page to page inside the app, too.
  await page.getByRole("link", { name: "Worklist", exact: true }).click();
  for (let shot = 0; shot < 3; shot++) expect(await brightShare(page)).toBeLessThan(mostBright);
});

/** A slice that nobody draws on, of those with a mask one that the model calls tumor-free: it offers most decisions. */
function contradictedSlice(): Promise<SliceRecord> {
  return queryOne<SliceRecord>(
    `SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
     JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
     JOIN LATERAL (SELECT * FROM "Label" WHERE "sliceId" = "Slice"."id" ORDER BY "version" DESC LIMIT 1) AS "newest"
       ON true
     WHERE NOT EXISTS (SELECT 1 FROM "Draft" WHERE "Draft"."sliceId" = "Slice"."id")
     ORDER BY "newest"."areaPixels" > 0 AND "predictedClass" = 'NO_TUMOR' DESC NULLS LAST, "Slice"."id" LIMIT 1`,
  );
}

/** A stroke in the middle of the leftmost view. */
async function draw(page: Page) {
  const box = (await views(page).first().boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 10, { steps: 4 });
  await page.mouse.up();
}

async function expectInside(part: Locator, { width, height }: { width: number; height: number }) {
  const box = (await part.boundingBox())!;
  const name = (await part.getAttribute("aria-label")) ?? (await part.innerText());
  expect(box.x, name).toBeGreaterThanOrEqual(0);
  expect(box.y, name).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width, name).toBeLessThanOrEqual(width);
  expect(box.y + box.height, name).toBeLessThanOrEqual(height);
}

/** Share of the window that is brighter than a mid grey: pictures and letters are, no area around them is. */
async function brightShare(page: Page): Promise<number> {
  const data = await sharp(await firstScreenshot(page))
    .greyscale()
    .raw()
    .toBuffer();
  return data.filter((value) => value > 128).length / data.length;
}

/** Chromium cannot take a picture of a page that is about to draw its first frame: the next one is taken then. */
async function firstScreenshot(page: Page): Promise<Buffer> {
  for (let refusals = 0; ; refusals++) {
    try {
      return await page.screenshot();
    } catch (error) {
      if (refusals >= 20 || !String(error).includes("Unable to capture screenshot")) throw error;
    }
  }
}
