import type { Page } from "@playwright/test";
import { toImage } from "@/app/(workspace)/reading-room/room/drawing/view-geometry";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { type Brush, paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";

/** Drawing on a view by places of the image, with the way that the browser has reported. */

/** One place that the pointer was reported at while it was down, in CSS pixels of the window. */
interface Reported {
  x: number;
  y: number;
  /** The page's clock, ms. */
  at: number;
}
type Watched = Window & { penWay?: Reported[] };

export interface View {
  /** From image pixels to CSS pixels of the view. */
  matrix: readonly [number, number, number, number, number, number];
  /** Of the view in the window, in CSS pixels. */
  left: number;
  top: number;
}

/** Notes from now on where the pointer is reported while it is down, as the page is told. */
export async function watchPen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as Watched;
    if (watched.penWay) return;
    const way: Reported[] = [];
    watched.penWay = way;
    const note = (event: PointerEvent) => {
      if ((event.buttons & 1) === 0) return;
      const parts = event.type === "pointermove" ? event.getCoalescedEvents() : [];
      for (const { clientX, clientY } of parts.length > 0 ? parts : [event]) {
        way.push({ x: clientX, y: clientY, at: Date.now() });
      }
    };
    window.addEventListener("pointerdown", note, { capture: true });
    window.addEventListener("pointermove", note, { capture: true });
  });
}

/** Where the FLAIR view, not zoomed or moved, puts a square picture: as large as fits, in the middle. */
export async function viewOf(page: Page, { rows, columns }: Grid): Promise<View> {
  const region = page.getByRole("region", { name: /^FLAIR, slice/ });
  const { left, top, width, height, shown } = await region.evaluate((section) => {
    const canvas = section.querySelector("canvas")!;
    const box = section.querySelector("div")!.getBoundingClientRect();
    const transform = section
      .querySelector("[data-mask]")
      ?.closest("g[transform]")
      ?.getAttribute("transform");
    return {
      left: box.left,
      top: box.top,
      width: canvas.width,
      height: canvas.height,
      shown: transform ?? null,
    };
  });
  const scale = Math.min(width / columns, height / rows);
  const matrix = [scale, 0, 0, scale, (width - scale * columns) / 2, (height - scale * rows) / 2] as const;
  const expected = `matrix(${matrix.map((value) => value.toFixed(4)).join(" ")})`;
  if (shown !== null && shown !== expected) throw new Error(`The view shows ${shown}, not ${expected}`);
  return { matrix, left, top };
}

interface Held {
  /** Keys held down meanwhile. */
  keys?: "Alt"[];
  /** Mouse reports from one place to the next. */
  steps?: number;
}

/** Presses at the first place of the image, moves on to the others and lets go; the way as reported, in the image. */
export async function drag(
  page: Page,
  grid: Grid,
  places: readonly Point[],
  held: Held = {},
): Promise<Point[]> {
  const way = await press(page, grid, places, held);
  await page.mouse.up();
  for (const key of held.keys ?? []) await page.keyboard.up(key);
  return way.map(({ point }) => point);
}

/** The same without letting go, with the page's clock at each place. */
export async function press(
  page: Page,
  grid: Grid,
  places: readonly Point[],
  { keys = [], steps = 6 }: Held = {},
): Promise<{ point: Point; at: number }[]> {
  const view = await viewOf(page, grid);
  const [first, ...others] = places.map((place) => inWindow(view, place));
  await page.evaluate(() => {
    (window as Watched).penWay!.length = 0;
  });
  await page.mouse.move(...first!);
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...place, { steps });
  return reportedWay(page, view);
}

/** The way since the last press. */
export async function reportedWay(page: Page, view: View): Promise<{ point: Point; at: number }[]> {
  const way = await page.evaluate(() => (window as Watched).penWay!);
  return way.map(({ x, y, at }) => ({ point: toImage(view.matrix, x - view.left, y - view.top), at }));
}

/** Clicks at a place of the image; the place as reported. */
export async function click(page: Page, grid: Grid, place: Point, held: Held = {}): Promise<Point> {
  const way = await drag(page, grid, [place], held);
  return way[0]!;
}

/** A stroke that lies lower with each version of the label, so that it changes the mask in each run of a test. */
export function lowered({ version }: { version: number }, places: readonly Point[]): Point[] {
  const down = 11 * ((version - 1) % 8);
  return places.map(([x, y]) => [x, y + down]);
}

/** Off the round numbers, where the last digit would decide which pixel a place is in. */
const off: Point = [0.31, 0.23];

function inWindow({ matrix, left, top }: View, place: Point): [number, number] {
  const [a, b, c, d, e, f] = matrix;
  const [x, y] = [place[0] + off[0], place[1] + off[1]];
  return [left + a * x + c * y + e, top + b * x + d * y + f];
}

/** `mask` with a brush drawn along a way: a new `[rows, columns]`. The defaults are those of the reading room. */
export function painted(
  mask: Uint8Array,
  grid: Grid,
  way: readonly Point[],
  brush: Partial<Brush> = {},
): Uint8Array {
  const after = mask.slice();
  for (const [index, to] of way.entries()) {
    paintStroke(after, grid, way[index - 1] ?? to, to, { radius: 4, aspect: 1, value: 1, ...brush });
  }
  return after;
}

/** Draws with the reading room's brush along places of the image, `lowered`; gives `mask` with that stroke. */
export async function brushed(
  page: Page,
  slice: Grid & { version: number },
  mask: Uint8Array,
  places: readonly Point[],
): Promise<Uint8Array> {
  return painted(mask, slice, await drag(page, slice, lowered(slice, places)));
}
