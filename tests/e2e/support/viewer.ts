import { expect, type Locator, type Page } from "@playwright/test";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { query, queryOne } from "./installation";

/** What tests of the reading room share: its views, the geometry on the screen, drawing with the mouse. */

export interface SliceRecord extends Grid {
  id: string;
  studyId: string;
  position: number;
}

/** Slices of a study by its key, in order. */
export function slicesOfStudy(key: string): Promise<SliceRecord[]> {
  return query(
    `SELECT "Slice"."id", "studyId", "position", "rows", "columns" FROM "Slice"
     JOIN "Study" ON "Study"."id" = "Slice"."studyId" WHERE "Study"."key" = $1 ORDER BY "position"`,
    [key],
  );
}

/** Opens a slice; ends when its picture is on the screen in all views. */
export async function openSlice(
  page: Page,
  { studyId, position }: Pick<SliceRecord, "studyId" | "position">,
) {
  await page.goto(`/studies/${studyId}?slice=${position}`);
  await expectShown(page, position);
}

/** The slice numbered `position` is the current one, and every view shows it. */
export async function expectShown(page: Page, position: number) {
  await expect(currentItem(page)).toHaveAccessibleName(new RegExp(`^Slice ${position},`));
  await settled(page);
}

/** Every view shows what it is to show. */
export async function settled(page: Page) {
  await expect(views(page).first()).toBeVisible();
  for (const view of await views(page).all()) await expect(view).toHaveAttribute("aria-busy", "false");
}

export const views = (page: Page) => page.getByRole("region", { name: /, slice \d+ of \d+$/ });

export const viewOf = (page: Page, sequence: string) =>
  page.getByRole("region", { name: new RegExp(`^${sequence}, slice`) });

export const strip = (page: Page) => page.getByRole("navigation", { name: "Slices" });

export const currentItem = (page: Page) => strip(page).locator("[aria-current]");

/** `[a, b, c, d, e, f]` from image pixels to CSS pixels of a view. */
export type Matrix = [number, number, number, number, number, number];

/** Where the layers of a view lie, as it says itself: to four decimals. Needs a mask on the screen. */
export async function matrixOf(view: Locator): Promise<Matrix> {
  const layer = view.locator("g[transform^=matrix]").first();
  const transform = await layer.getAttribute("transform");
  return /matrix\((.*)\)/.exec(transform!)![1]!.split(" ").map(Number) as Matrix;
}

/** Where an image lies that fits its view, worked out from sizes alone. */
export function fitted(box: { width: number; height: number }, { rows, columns }: Grid, aspect = 1): Matrix {
  const scale = Math.min(box.width / columns, box.height / (rows * aspect));
  const left = (box.width - columns * scale) / 2;
  const top = (box.height - rows * scale * aspect) / 2;
  return [scale, 0, 0, scale * aspect, left, top];
}

/** Mask on the screen, `[rows, columns]`, 0 or 1: the current mask's outline, filled by the even-odd rule. */
export async function screenMask(view: Locator, grid: Grid): Promise<Uint8Array> {
  const path = view.locator("path[data-mask=current]");
  return (await path.count()) === 0
    ? new Uint8Array(grid.rows * grid.columns)
    : rasterise((await path.getAttribute("d"))!, grid);
}

/** Pixels whose centre lies inside a path of level and upright lines. A pixel is inside where a ray to the left crosses an odd number of edges. */
export function rasterise(path: string, { rows, columns }: Grid): Uint8Array {
  const mask = new Uint8Array(rows * columns);
  let [x, y] = [0, 0];
  let start = [0, 0];
  const upright = (toY: number) => {
    for (let row = Math.min(y, toY); row < Math.max(y, toY); row++)
      for (let column = x; column < columns; column++) mask[row * columns + column]! ^= 1;
    y = toY;
  };
  for (const [, command, first, second] of path.matchAll(/([MHVZ])(-?[\d.]+)?(?: (-?[\d.]+))?/g)) {
    if (command === "M") {
      start = [Number(first), Number(second)];
      [x, y] = start as [number, number];
    } else if (command === "H") x = Number(first);
    else if (command === "V") upright(Number(first));
    else if (x !== start[0]) x = start[0]!;
    else upright(start[1]!);
  }
  return mask;
}

/** The mouse on a view whose image lies at `matrix`. */
export class Pen {
  private constructor(
    private readonly page: Page,
    private readonly box: { x: number; y: number; width: number; height: number },
    readonly matrix: Matrix,
  ) {}

  /** For a slice that fits its view and has a mask on the screen; checks that it lies where it should. */
  static async on(view: Locator, grid: Grid, aspect = 1): Promise<Pen> {
    const { x, y } = (await view.boundingBox())!;
    // Whole CSS pixels, as the picture's canvas has: half a pixel of a view stays out of account.
    const size = await view.evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }));
    const box = { x, y, width: size.clientWidth, height: size.clientHeight };
    const matrix = fitted(box, grid, aspect);
    const told = await matrixOf(view);
    for (const [at, value] of matrix.entries()) expect(told[at], `matrix, ${at}`).toBeCloseTo(value, 3);
    return new Pen(view.page(), box, matrix);
  }

  /** The image's point under the whole CSS pixel nearest to `point`. */
  snap(point: Point): Point {
    const [x, y] = this.client(point);
    const [a, , , d, e, f] = this.matrix;
    return [(x - this.box.x - e) / a, (y - this.box.y - f) / d];
  }

  async moveTo(point: Point) {
    await this.page.mouse.move(...this.client(point));
  }

  /** Draws along points of the image, which may lie outside; returns those where the mouse really was. */
  async stroke(points: readonly Point[]): Promise<Point[]> {
    for (const [at, point] of points.entries()) {
      await this.moveTo(point);
      if (at === 0) await this.page.mouse.down();
    }
    await this.page.mouse.up();
    return points.map((point) => this.snap(point));
  }

  private client([x, y]: Point): [number, number] {
    const [a, , , d, e, f] = this.matrix;
    return [Math.round(this.box.x + a * x + e), Math.round(this.box.y + d * y + f)];
  }
}

export function newestLabel(sliceId: string) {
  return queryOne<{ id: string; version: number; labelClass: string; areaPixels: number | null }>(
    `SELECT "id", "version", "labelClass", "areaPixels" FROM "Label" WHERE "sliceId" = $1 ORDER BY "version" DESC LIMIT 1`,
    [sliceId],
  );
}

/** A label's mask as the server gives it, `[rows, columns]`. */
export async function labelMask(page: Page, labelId: string): Promise<Uint8Array> {
  const answer = await page.request.get(`/api/labels/${labelId}/mask`);
  expect(answer.status()).toBe(200);
  return new Uint8Array(await answer.body());
}
