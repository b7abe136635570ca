import type { Locator, Page } from "@playwright/test";
import { maskPathOf } from "@/app/(workspace)/reading-room/room/masks/mask-path";
import type { MaskComparison } from "@/lib/science/metrics/compare-masks";
import { query, queryOne } from "./installation";
import { watchPen } from "./pen";
import { expect } from "./test";

/** The reading room as a person finds it, and what the database has of it. */

export interface Slice {
  id: string;
  studyId: string;
  position: number;
  rows: number;
  columns: number;
  /** Of its current label. */
  version: number;
  labelId: string;
  /** Tumor pixels of its current label; 0 where it states no mask. */
  areaPixels: number;
  /** By the model in production. */
  predictedClass: "TUMOR" | "NO_TUMOR";
  /** Of the mask that it proposes. */
  proposedPixels: number;
  labelSource: "HUMAN" | "MODEL" | "IMPORTED";
  isDrawnOn: boolean;
}

const slices = `
  SELECT "Slice"."id", "Slice"."studyId", "Slice"."position", "Slice"."rows", "Slice"."columns",
    "newest"."version", "newest"."id" AS "labelId", coalesce("newest"."areaPixels", 0) AS "areaPixels",
    "newest"."source" AS "labelSource", "Prediction"."predictedClass", "Prediction"."areaPixels" AS "proposedPixels",
    EXISTS (SELECT 1 FROM "Draft" WHERE "Draft"."sliceId" = "Slice"."id") AS "isDrawnOn"
  FROM "Slice" JOIN "Study" ON "Study"."id" = "Slice"."studyId"
  JOIN "Prediction" ON "Prediction"."sliceId" = "Slice"."id"
    AND "Prediction"."modelId" = (SELECT "id" FROM "Model" WHERE "state" = 'PRODUCTION')
  JOIN LATERAL (SELECT * FROM "Label" WHERE "sliceId" = "Slice"."id" ORDER BY "version" DESC LIMIT 1) AS "newest"
    ON true
  WHERE "Study"."key" LIKE 'PHANTOM\\_%\\_' || $1 || '\\_%'`;

/** Slices of a phantom, "0009" for the ninth, as soon as all of it is predicted. */
export async function slicesOf(phantom: string): Promise<Slice[]> {
  const missing = () =>
    queryOne<{ missing: number }>(
      `SELECT (SELECT count(*) FROM "Slice" JOIN "Study" ON "Study"."id" = "studyId"
          WHERE "key" LIKE 'PHANTOM\\_%\\_' || $1 || '\\_%')::int
        - (SELECT count(*) FROM (${slices}) AS "ready")::int AS "missing"`,
      [phantom],
    );
  await expect
    .poll(async () => (await missing()).missing, { message: "slices without a prediction", timeout: 150_000 })
    .toBe(0);
  return query<Slice>(`${slices} ORDER BY "position"`, [phantom]);
}

/** A slice of a phantom that nobody draws on; of those that fit one with the fewest labels, so that tests can be repeated. */
export async function sliceOf(phantom: string, fits: (slice: Slice) => boolean = () => true): Promise<Slice> {
  const found = (await slicesOf(phantom)).filter((slice) => !slice.isDrawnOn && fits(slice));
  found.sort((a, b) => a.version - b.version);
  if (!found[0]) throw new Error(`No slice of phantom ${phantom} fits`);
  return found[0];
}

export const isWithoutMask = ({ areaPixels }: Slice) => areaPixels === 0;
export const predictedTumor = ({ predictedClass, areaPixels }: Slice) =>
  predictedClass === "TUMOR" && areaPixels > 0;
export const emptyMask = ({ rows, columns }: Slice) => new Uint8Array(rows * columns);
/** Tumor pixels of a mask. */
export const areaOf = (mask: Uint8Array) => mask.filter((pixel) => pixel === 1).length;

/** Opens a slice and waits until it can be drawn on and decided on. */
export async function openSlice(page: Page, { studyId, position }: Pick<Slice, "studyId" | "position">) {
  await page.goto(`/studies/${studyId}?slice=${position}`);
  await untilReady(page, position);
}

export async function untilReady(page: Page, position: number) {
  await expect(currentItem(page)).toHaveAccessibleName(new RegExp(`^Slice ${position},`));
  await expect(flairView(page)).toHaveAttribute("aria-busy", "false");
  // Nobody decides on a slice before its picture is there.
  await expect(page.getByRole("button", { name: /^Unsure: .* \(U\)$/ })).toHaveAttribute(
    "aria-disabled",
    "false",
  );
  await watchPen(page);
}

/** Goes to another slice of the open study. */
export async function goToSlice(page: Page, { position }: Pick<Slice, "position">) {
  await stripItem(page, position).click();
  await untilReady(page, position);
}

export function flairView(page: Page): Locator {
  return page.getByRole("region", { name: /^FLAIR, slice/ });
}
export function stripItem(page: Page, position: number): Locator {
  return page.getByRole("navigation", { name: "Slices" }).getByRole("button", { name: `Slice ${position},` });
}
export function currentItem(page: Page): Locator {
  return page.getByRole("navigation", { name: "Slices" }).locator("[aria-current]");
}
/** Where the strokes are kept, and what came of the last edit. */
export function drawingStatus(page: Page): Locator {
  return page.getByRole("status", { name: "Drawing" });
}
export function notices(page: Page): Locator {
  return page.getByRole("status", { name: "Notices" });
}
export function unsavedList(page: Page): Locator {
  return page.getByRole("group", { name: "Not saved" });
}
/** Version `n` of the label on the screen, in its history. */
export function versionItem(page: Page, version: number): Locator {
  return page
    .getByRole("list", { name: "Label versions, newest first" })
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^Version ${version} `) });
}

/** The mask on the screen, drawn or labelled, is exactly this one. */
export async function expectOutline(page: Page, mask: Uint8Array, { rows, columns }: Slice) {
  const outline = flairView(page).locator("path[data-mask=current]");
  if (!mask.includes(1)) return expect(outline).toHaveCount(0);
  await expect(outline).toHaveAttribute("d", maskPathOf(mask, rows, columns));
}

/** Saves what is drawn with S and waits for the answer. */
export async function saveDrawing(page: Page, version: number) {
  await page.keyboard.press("s");
  await expect(page.getByText(`Saved as version ${version}:`)).toBeVisible();
}

export interface LabelRow {
  id: string;
  version: number;
  labelClass: "TUMOR" | "NO_TUMOR" | "CANNOT_TELL";
  source: "HUMAN" | "MODEL" | "IMPORTED";
  act: string | null;
  maskSha256: string | null;
  areaPixels: number | null;
  authorId: string;
  modelId: string | null;
  reason: string | null;
  note: string | null;
  restoredVersion: number | null;
}

export function newestLabel({ id }: Pick<Slice, "id">): Promise<LabelRow> {
  return queryOne(`SELECT * FROM "Label" WHERE "sliceId" = $1 ORDER BY "version" DESC LIMIT 1`, [id]);
}

export interface DraftRow {
  id: string;
  revision: number;
  done: number;
  strokes: { tool: string; change: string }[];
}

/** Drawings on a slice that are no label yet. */
export function draftsOn({ id }: Pick<Slice, "id">): Promise<DraftRow[]> {
  return query(`SELECT * FROM "Draft" WHERE "sliceId" = $1 ORDER BY "createdAt"`, [id]);
}

/** The mask of a label as the server gives it, `[rows, columns]`; an empty one where the label has none. */
export async function maskOf(
  page: Page,
  label: Pick<LabelRow, "id" | "maskSha256">,
  { rows, columns }: Slice,
): Promise<Uint8Array> {
  if (!label.maskSha256) return new Uint8Array(rows * columns);
  return read(page, `/api/labels/${label.id}/mask`);
}

/** The mask of the newest label of a slice. */
export async function savedMask(page: Page, slice: Slice): Promise<Uint8Array> {
  return maskOf(page, await newestLabel(slice), slice);
}

/** The mask that the model in production proposes. */
export function proposedMask(page: Page, { id }: Slice): Promise<Uint8Array> {
  return read(page, `/api/slices/${id}/proposed-mask`);
}

/** Grey values of FLAIR, the second of the three channels, `[rows, columns]`. */
export async function flairPixels(page: Page, { id }: Slice): Promise<Uint8Array> {
  const rgb = await read(page, `/api/slices/${id}/pixels`);
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => rgb[3 * pixel + 1]!);
}

async function read(page: Page, path: string): Promise<Uint8Array> {
  const response = await page.request.get(path);
  expect(response.status(), path).toBe(200);
  return new Uint8Array(await response.body());
}

/** Told apart by bytes; a difference is told in pixels and not in 65,536 numbers. */
export function expectSameMask(actual: Uint8Array, expected: Uint8Array) {
  const differing = [...expected.keys()].filter((pixel) => actual[pixel] !== expected[pixel]);
  expect({ length: actual.length, differing: differing.slice(0, 10) }).toEqual({
    length: expected.length,
    differing: [],
  });
}

/** A comparison on the screen gives these figures; phantoms have no spacing, so all are in pixels. */
export async function expectFigures(shown: Locator, expected: MaskComparison) {
  const { addedPixels, removedPixels, sharedPixels, dice, hausdorff95 } = expected;
  const pixels = (count: number) => `${count.toLocaleString("en")} px`;
  await expect(shown.getByRole("definition")).toHaveText([
    pixels(addedPixels),
    pixels(removedPixels),
    pixels(sharedPixels),
    dice === null ? "undefined, both are empty" : dice.toFixed(3),
    hausdorff95 === null ? "undefined without two masks" : `${hausdorff95.toFixed(1)} px`,
  ]);
}
