import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator, Page, Request } from "@playwright/test";
import { pieceBytes } from "@/lib/features/imports/schema";
import { encodeTiff } from "@/lib/science/imaging/encode-tiff";
import { makePhantomPatient, PHANTOM_SIZE } from "@/lib/science/imaging/phantom";
import { type MadeEntry, makeZip } from "../support/make-zip";
import { sharedFile } from "../support/shared-data";
import { query, queryOne } from "./support/installation";
import { expect, test } from "./support/test";

/** Importing through the browser. Runs last: with real patients here no model made on phantoms may be promoted. */

test.use({ as: "ADMIN" });

test.describe("an archive", () => {
  test.describe.configure({ mode: "serial" });
  const archive = smallArchive();

  test("finds the shipped model in production: one made on phantoms would not speak of real patients", async ({
    page,
  }) => {
    const shipped = await queryOne<{ id: string; state: string }>(
      `SELECT "id", "state"::text FROM "Model" WHERE "number" = $1`,
      [1],
    );
    await page.goto(`/models/${shipped.id}`);
    if (shipped.state !== "PRODUCTION") {
      await page.getByRole("button", { name: "Promote model 1" }).click();
      await page.getByRole("textbox", { name: /decision by the gate/ }).fill("real patients come next");
      await page.getByRole("button", { name: "Put model 1 into production" }).click();
    }
    await expect(page.getByText(/in production$/).first()).toBeVisible();
    await expect
      .poll(
        async () =>
          (
            await queryOne<{ state: string }>(`SELECT "state"::text FROM "Model" WHERE "id" = $1`, [
              shipped.id,
            ])
          ).state,
      )
      .toBe("PRODUCTION");
  });

  test("is uploaded, shown, imported and reported; its slices appear in the worklist", async ({ page }) => {
    await upload(page, archive.name, archive.bytes);
    // The list of files alone does not tell that one of them holds no image.
    await expectFigures(page, { patients: 1, studies: 1, slices: archive.slices + 1, masks: archive.slices });
    await expectFigures(page, { "already imported": 0 });
    await expect(page.getByText("Nothing has been added yet.")).toBeVisible();
    expect(await slicesOf(archive.study)).toBe(0);

    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText(/^✓\s*imported$/)).toBeVisible({ timeout: 120_000 });
    await expectFigures(page, { slices: archive.slices, "slices with tumor": archive.tumorSlices });
    await expect(page.getByRole("table", { name: "1 rejected file" })).toContainText(
      `${archive.study}_99.tif`,
    );

    await page.getByRole("link", { name: "Open the worklist" }).click();
    await page.getByLabel("Patient or study").fill(archive.patient);
    await page.getByLabel("Patient or study").press("Enter");
    const row = page.getByRole("row").filter({ hasText: archive.study });
    await expect(row).toContainText(`${archive.tumorSlices} tumor`);
    await expect(row).toContainText(`of ${archive.slices}`, { timeout: 60_000 });
    expect(await slicesOf(archive.study)).toBe(archive.slices);
  });

  test("imported again adds nothing", async ({ page }) => {
    const before = await rowCounts();
    await upload(page, "again.zip", archive.bytes);
    await expectFigures(page, { slices: archive.slices + 1, "already imported": archive.slices });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText(/^✓\s*imported$/)).toBeVisible({ timeout: 60_000 });
    await expectFigures(page, { slices: archive.slices, "already imported": archive.slices });
    expect(await rowCounts()).toEqual(before);
  });

  test("that is none is refused with the reason, and nothing of it is kept", async ({ page }) => {
    const before = await rowCounts();
    await chooseFile(page, "holiday.zip", Buffer.from("this is no archive at all".repeat(100)));
    await expect(
      page.getByRole("alert").filter({ hasText: "The archive cannot be imported: It is not a zip file" }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("button", { name: "Import", exact: true })).toHaveCount(0);
    expect(await rowCounts()).toEqual(before);
  });
});

test.describe("an upload of several pieces", () => {
  const patch = (request: Request) => request.method() === "PATCH";
  const offsetOf = (request: Request) => Number(request.headers()["upload-offset"]);

  test("continues after a broken connection by itself", async ({ page, provoked }) => {
    provoked.push(/^lost: PATCH /);
    const file = await largeArchive("broken-off.zip");
    const offsets: number[] = [];
    page.on("request", (request) => {
      if (patch(request)) offsets.push(offsetOf(request));
    });
    await page.route("**/api/uploads/*", async (route) => {
      const isFirstTry = offsets.filter((offset) => offset === pieceBytes).length === 1;
      if (patch(route.request()) && offsetOf(route.request()) === pieceBytes && isFirstTry)
        await route.abort();
      else await route.continue();
    });
    await upload(page, "broken-off.zip", file);
    expect(offsets).toEqual([0, pieceBytes, pieceBytes, 2 * pieceBytes]);
    await expectFigures(page, { slices: 1 });
  });

  test("continues after a reload, when the same file is chosen", async ({ page, provoked }) => {
    provoked.push(/^lost: PATCH /);
    const name = `reloaded-${Date.now()}.zip`;
    const file = await largeArchive(name);
    await page.route("**/api/uploads/*", async (route) => {
      if (patch(route.request()) && offsetOf(route.request()) > 0) await route.abort();
      else await route.continue();
    });
    const second = page.waitForRequest((request) => patch(request) && offsetOf(request) > 0);
    await chooseFile(page, name, file);
    await second;
    await page.reload();
    await page.unrouteAll({ behavior: "ignoreErrors" });

    const next = page.waitForRequest(patch);
    await chooseFile(page, name, file);
    expect(offsetOf(await next)).toBe(pieceBytes);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible({
      timeout: 60_000,
    });
    await expectFigures(page, { slices: 1 });
    const uploads = await query(`SELECT "id" FROM "Import" WHERE "name" = $1`, [name]);
    expect(uploads).toHaveLength(1);
  });
});

/** A file on the disk, since the browser knows it again by its time of change: one image, and a text that fills three pieces. */
async function largeArchive(name: string): Promise<string> {
  const study = "SYNTH_78_0001_20240102";
  const image = makePhantomPatient(78, 0).slices[0]!.image;
  const file = test.info().outputPath(name);
  await mkdir(path.dirname(file), { recursive: true });
  const entries: MadeEntry[] = [
    { name: `${study}/${study}_1.tif`, bytes: encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3) },
    { name: "notes.txt", bytes: randomBytes(2 * pieceBytes + 1_000), store: true },
  ];
  await writeFile(file, makeZip(entries));
  return file;
}

const mini = sharedFile("data/lgg-mini.zip");

test.describe("the LGG set's six patients", () => {
  test.skip(!mini, "needs ../shared/data/lgg-mini.zip");

  test("are imported with exact counts, and watched on the way", async ({ page }) => {
    const before = await rowCounts();
    await upload(page, "lgg-mini.zip", mini!);
    await expectFigures(page, { patients: 6, studies: 6, slices: 138, masks: 138, conflicts: 137 });
    const progress = await watchProgress(page);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText(/^✓\s*imported$/)).toBeVisible({ timeout: 150_000 });
    expect(
      (await progress()).some((done) => done > 0 && done <= 138),
      "progress shown on the way",
    ).toBe(true);
    await expectFigures(page, {
      patients: 6,
      slices: 138,
      masks: 138,
      "slices with tumor": 57,
      conflicts: 137,
    });
    await expectFigures(page, { "already imported": 0, "rejected files": 0 });
    const after = await rowCounts();
    expect(after.patients - before.patients).toBe(6);
    expect(after.slices - before.slices).toBe(138);
    expect(after.labels - before.labels).toBe(138);
  });
});

/** One made-up patient of another set in the LGG layout, four slices with a mask each, and a file that is no image. */
function smallArchive() {
  const patient = "SYNTH_77_0001";
  const study = `${patient}_20240102`;
  const entries: MadeEntry[] = [];
  const chosen = makePhantomPatient(77, 0).slices.filter(({ position }) => position % 5 === 0);
  for (const { position, image, mask } of chosen) {
    const file = `${study}/${study}_${position}`;
    const white = mask.map((value) => value * 255);
    entries.push({ name: `${file}.tif`, bytes: encodeTiff(image, PHANTOM_SIZE, PHANTOM_SIZE, 3) });
    entries.push({ name: `${file}_mask.tif`, bytes: encodeTiff(white, PHANTOM_SIZE, PHANTOM_SIZE, 1) });
  }
  entries.push({ name: `${study}/${study}_99.tif`, bytes: Buffer.from("no image") });
  return {
    name: "synthetic.zip",
    bytes: makeZip(entries),
    patient,
    study,
    slices: chosen.length,
    tumorSlices: chosen.filter(({ mask }) => mask.some((value) => value > 0)).length,
  };
}

async function chooseFile(page: Page, name: string, content: Buffer | string) {
  await page.goto("/imports");
  const file = typeof content === "string" ? content : { name, mimeType: "application/zip", buffer: content };
  await page.getByLabel("Archive to import").setInputFiles(file);
}

/** Chooses a file and waits for its preview. */
async function upload(page: Page, name: string, content: Buffer | string) {
  await chooseFile(page, name, content);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("ready to import")).toBeVisible({ timeout: 60_000 });
}

/** Notes what the progress bars of the open page show, however shortly; a reload would lose it. */
async function watchProgress(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    const look = () => {
      for (const bar of document.querySelectorAll("[role=progressbar]")) {
        seen.push(Number(bar.getAttribute("aria-valuenow") ?? 0));
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
    Object.assign(window, { seenProgress: seen });
  });
  return () => page.evaluate(() => (window as unknown as { seenProgress: number[] }).seenProgress);
}

async function expectFigures(page: Page, figures: Record<string, number>) {
  for (const [name, value] of Object.entries(figures)) {
    await expect(figure(page, name), name).toHaveText(value.toLocaleString("en"));
  }
}

function figure(page: Page, name: string): Locator {
  const term = page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });
  return page.locator("dl > div").filter({ has: term }).getByRole("definition");
}

async function slicesOf(study: string): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    `SELECT count(*)::int FROM "Slice" JOIN "Study" ON "Study"."id" = "Slice"."studyId" WHERE "Study"."key" = $1`,
    [study],
  );
  return count;
}

async function rowCounts() {
  const [counts] = await query<{ patients: number; slices: number; labels: number; predictions: number }>(
    `SELECT (SELECT count(*)::int FROM "Patient") AS "patients", (SELECT count(*)::int FROM "Slice") AS "slices",
       (SELECT count(*)::int FROM "Label") AS "labels", (SELECT count(*)::int FROM "Prediction") AS "predictions"`,
  );
  return counts!;
}
