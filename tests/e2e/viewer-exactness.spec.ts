import type { Page } from "@playwright/test";
import { fillHoles } from "@/lib/science/imaging/mask-editing/fill-holes";
import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import { floodFill } from "@/lib/science/imaging/mask-editing/flood-fill";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import type { Brush } from "@/lib/science/imaging/mask-editing/paint-stroke";
import { frameMask } from "../support/small-images";
import { brush, expectMask, expectSaved, importFramed, paintWay, sizes, sliceAt } from "./support/exactness";
import { query } from "./support/installation";
import { expect, test } from "./support/test";
import { labelMask, newestLabel, openSlice, Pen, type SliceRecord, viewOf } from "./support/viewer";

/** Exactness of each tool: see support/exactness.ts. */

test.use({ as: "READER" });

const positions = {
  brush: 1,
  thin: 2,
  eraser: 3,
  threshold: 4,
  polygon: 5,
  freehand: 6,
  flood: 7,
  holes: 8,
  copy: 9,
};
const spaced = 10;
const studies = new Map<Grid, string>();

test.beforeAll(async () => {
  test.setTimeout(300_000);
  for (const grid of sizes) {
    const key = await importFramed("TOOL_", grid, spaced);
    studies.set(grid, key);
    await query(
      `UPDATE "Slice" SET "rowSpacingMm" = 1.2, "columnSpacingMm" = 0.8 WHERE "position" = $2
         AND "studyId" = (SELECT "id" FROM "Study" WHERE "key" = $1)`,
      [key, spaced],
    );
  }
});

interface Drawing {
  page: Page;
  pen: Pen;
  grid: Grid;
  /** FLAIR's grey values. */
  grey: Uint8Array;
  /** The mask that is expected, at first that of the import: to be changed in place. */
  mask: Uint8Array;
}

/** Draws with the mouse and changes `mask` in the way that the same path changes it. */
type Draw = (drawing: Drawing) => Promise<void>;

/** Ways over borders and corners: in from outside, out again, along an edge, over a corner, a click in the last pixel. */
function waysOverBorders({ rows, columns }: Grid): Point[][] {
  const wide = columns > rows;
  return [
    wide
      ? [
          [columns / 2, -5],
          [columns / 2 + 1.3, 3],
          [columns * 0.7, 7.5],
          [columns * 0.8, -4],
        ]
      : [
          [-3, rows / 2],
          [3, rows / 2 + 1.3],
          [7.5, rows * 0.7],
          [-3, rows * 0.8],
        ],
    [
      [columns - 6, rows / 4],
      [columns + 3, rows / 2],
      [columns - 4, rows - 5],
      [columns + 2, rows + 2],
    ],
    [
      [0.4, rows - 0.4],
      [5, rows - 0.2],
      [columns / 2, rows - 0.6],
    ],
    [
      [6, 5],
      [2, 2],
      [-2, -2],
    ],
    [[columns - 0.5, rows - 0.5]],
  ];
}

/** Draws each way with a brush. */
const paint =
  (settings: Partial<Brush> = {}): Draw =>
  async ({ pen, grid, mask }) => {
    for (const way of waysOverBorders(grid)) paintWay(mask, grid, await pen.stroke(way), brush(settings));
  };

const tools: [name: keyof typeof positions, keys: string[], draw: Draw][] = [
  ["brush", ["b"], paint()],
  // A brush one pixel wide holds no centre on most of its way: it must leave no gap.
  ["thin", ["b", ..."[".repeat(9)], paint({ radius: 0.5 })],
  [
    "eraser",
    ["e"],
    async ({ pen, grid, mask }) => {
      const { rows, columns } = grid;
      const ways: Point[][] = [
        ...waysOverBorders(grid),
        [
          [columns / 3, rows / 2],
          [columns / 3 + 4, rows + 2],
        ],
      ];
      for (const way of ways) paintWay(mask, grid, await pen.stroke(way), brush({ value: 0 }));
    },
  ],
  [
    "threshold",
    ["t"],
    async ({ pen, grid, grey, mask }) => {
      for (const way of waysOverBorders(grid)) {
        const points = await pen.stroke(way);
        const [x, y] = points[0]!.map(Math.floor) as [number, number];
        const isInside = x >= 0 && y >= 0 && x < grid.columns && y < grid.rows;
        // A stroke that begins outside has no grey value to hold others against.
        const seed = isInside ? grey[y * grid.columns + x]! : Number.NaN;
        paintWay(mask, grid, points, brush({ allows: (index) => Math.abs(grey[index]! - seed) <= 20 }));
      }
      // Across the bright ellipse's edge: from inside it takes the bright side alone.
      const points = await pen.stroke([
        [grid.columns * 0.5, grid.rows * 0.5],
        [grid.columns * 0.95, grid.rows * 0.9],
      ]);
      const [x, y] = points[0]!.map(Math.floor) as [number, number];
      const seed = grey[y * grid.columns + x]!;
      paintWay(mask, grid, points, brush({ allows: (index) => Math.abs(grey[index]! - seed) <= 20 }));
    },
  ],
  [
    "polygon",
    ["p"],
    async ({ page, pen, grid: { rows, columns }, grid, mask }) => {
      const wide = columns > rows;
      const outside: Point = wide ? [columns * 0.6, -4] : [-3.5, rows * 0.6];
      const corners: Point[] = [
        [columns * 0.2, rows * 0.25],
        outside,
        [columns - 0.3, rows * 0.4],
        [2.5, rows - 0.5],
      ];
      const clicked: Point[] = [];
      for (const corner of corners) clicked.push(...(await pen.stroke([corner])));
      await page.keyboard.press("Enter");
      fillPolygon(mask, grid, clicked, 1);
    },
  ],
  [
    "freehand",
    ["p"],
    async ({ pen, grid: { rows, columns }, grid, mask }) => {
      // An eight that leaves the image on both sides; what its line encloses twice is outside.
      const way = Array.from({ length: 40 }, (_, at): Point => {
        const turn = (at / 40) * 2 * Math.PI + 0.4;
        return [
          columns * 0.48 + columns * 0.56 * Math.sin(turn),
          rows * 0.53 + rows * 0.37 * Math.sin(2 * turn),
        ];
      });
      fillPolygon(mask, grid, await pen.stroke(way), 1);
    },
  ],
  [
    "flood",
    ["f"],
    async ({ pen, grid: { rows, columns }, grid, grey, mask }) => {
      for (const seed of [
        [columns * 0.5, rows * 0.5],
        [columns - 0.5, rows - 0.5],
      ] as Point[]) {
        const [at] = await pen.stroke([seed]);
        floodFill(mask, grid, grey, at!, 20, 1);
      }
    },
  ],
  [
    "holes",
    ["b", ..."[".repeat(4)],
    async ({ page, pen, grid: { columns }, grid, mask }) => {
      // Closed rings, beside an arch whose hollow is open at the image's border.
      const arch: Point[] = [
        [columns - 12, 0.5],
        [columns - 12, 7],
        [columns - 4, 7],
        [columns - 4, 0.5],
      ];
      const corner: Point[] = [
        [8, 0.4],
        [8, 8],
        [0.4, 8],
      ];
      for (const way of [arch, corner]) {
        paintWay(mask, grid, await pen.stroke(way), brush({ radius: 1 }));
      }
      await page.keyboard.press("k");
      mask.set(fillHoles(mask, grid));
    },
  ],
];

for (const grid of sizes) {
  test.describe(`on images of ${grid.rows} x ${grid.columns}`, () => {
    for (const [name, keys, draw] of tools) {
      test(`${name}: screen, saved bytes and the mouse's path agree`, async ({ page }) => {
        const slice = await sliceAt(studies.get(grid)!, positions[name]);
        await openSlice(page, slice);
        const view = viewOf(page, "FLAIR");
        const mask = frameMask(grid);
        await expectMask(view, grid, mask);
        const pen = await Pen.on(view, grid);
        for (const key of keys) await page.keyboard.press(key);
        const grey = await greyOf(page, slice);
        await draw({ page, pen, grid, grey, mask });
        expect(mask).not.toEqual(frameMask(grid));
        await expectMask(view, grid, mask);
        await expectSaved(page, slice, mask);
      });
    }

    test("the mask of the slice before is copied", async ({ page }) => {
      const slice = await sliceAt(studies.get(grid)!, positions.copy);
      const mask = await labelMask(
        page,
        (await newestLabel((await sliceAt(studies.get(grid)!, positions.holes)).id)).id,
      );
      await openSlice(page, slice);
      const view = viewOf(page, "FLAIR");
      const pen = await Pen.on(view, grid);
      await page.keyboard.press("b");
      const drawn = frameMask(grid);
      paintWay(drawn, grid, await pen.stroke([[3, 3]]), brush());
      await expectMask(view, grid, drawn);
      await page.keyboard.press("c");
      await expectMask(view, grid, mask);
      // The slice before may have the import's mask still, which this one began with.
      paintWay(mask, grid, await pen.stroke([[3, 3]]), brush());
      await expectMask(view, grid, mask);
      await expectSaved(page, slice, mask);
    });

    test("a brush is round on the screen where rows are 1.2 mm apart and columns 0.8", async ({ page }) => {
      const slice = await sliceAt(studies.get(grid)!, spaced);
      await openSlice(page, slice);
      const view = viewOf(page, "FLAIR");
      const pen = await Pen.on(view, grid, 1.5);
      const [across, , , down] = pen.matrix;
      const mask = frameMask(grid);
      await page.keyboard.press("b");
      for (let press = 0; press < 2; press++) await page.keyboard.press("]");
      const radius = 6;
      const middle: Point = [grid.columns - 8, 7];
      paintWay(mask, grid, await pen.stroke([middle]), brush({ radius, aspect: 1.5 }));
      await expectMask(view, grid, mask);

      // By its rim, and by the pixels that it set, to one pixel.
      const rim = view.locator("ellipse");
      const [rx, ry] = [Number(await rim.getAttribute("rx")), Number(await rim.getAttribute("ry"))];
      expect(rx).toBeCloseTo(radius * across, 3);
      expect(ry).toBeCloseTo(rx, 3);
      const set = [...mask.keys()].filter((at) => mask[at] === 1 && frameMask(grid)[at] === 0);
      const width = new Set(set.map((at) => at % grid.columns)).size;
      const height = new Set(set.map((at) => Math.floor(at / grid.columns))).size;
      expect(width).toBe(2 * radius);
      expect(height).toBe((2 * radius) / 1.5);
      expect(Math.abs(width * across - height * down)).toBeLessThanOrEqual(down);

      paintWay(
        mask,
        grid,
        await pen.stroke([
          [4, grid.rows - 4],
          [grid.columns / 2, grid.rows + 2],
        ]),
        brush({ radius, aspect: 1.5 }),
      );
      await expectMask(view, grid, mask);
      await expectSaved(page, slice, mask);
    });
  });
}

/** FLAIR's grey values of a slice as the server gives them. */
async function greyOf(page: Page, { id }: SliceRecord): Promise<Uint8Array> {
  const pixels = await (await page.request.get(`/api/slices/${id}/pixels`)).body();
  return Uint8Array.from({ length: pixels.length / 3 }, (_, pixel) => pixels[3 * pixel + 1]!);
}
