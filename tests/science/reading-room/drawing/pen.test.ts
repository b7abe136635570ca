import { describe, expect, it } from "vitest";
import {
  beginPress,
  closePolygon,
  type StrokeInput,
} from "@/app/(workspace)/reading-room/room/drawing/begin-press";
import { placeWords } from "@/app/(workspace)/reading-room/room/drawing/place-words";
import {
  closes,
  extended,
  type PolygonInProgress,
  withoutLastCorner,
} from "@/app/(workspace)/reading-room/room/drawing/polygon-in-progress";
import { brushText, nextRadius } from "@/app/(workspace)/reading-room/room/drawing/tools";
import { aspectOf, scaleOf, toImage } from "@/app/(workspace)/reading-room/room/drawing/view-geometry";
import type { LayerPlace } from "@/app/(workspace)/reading-room/room/picture/layer";
import type { Point } from "@/lib/science/imaging/mask-editing/grid";
import { fakeRoom } from "./fake-room";

type Matrix = LayerPlace["matrix"];

describe("the image's point under the pen", () => {
  it("is the matrix the other way, also with pixels that are not square, turned and mirrored", () => {
    // x = 2 column + 10, y = 3 row + 20: the place (14, 29) is column 2, row 3.
    expect(toImage([2, 0, 0, 3, 10, 20], 14, 29)).toEqual([2, 3]);
    const matrices: Matrix[] = [
      [2, 0, 0, 3, 10, 20],
      [0, 1.5, -4, 0, 7, -3],
      [-2, 0, 0, 2, 512, 0],
      [1.2, 0.4, -0.5, 1.1, 3, 4],
    ];
    for (const matrix of matrices) {
      const [a, b, c, d, e, f] = matrix;
      const [column, row] = toImage(matrix, a * 12.5 + c * 7.25 + e, b * 12.5 + d * 7.25 + f);
      expect(column).toBeCloseTo(12.5, 10);
      expect(row).toBeCloseTo(7.25, 10);
    }
    expect(scaleOf([3, 4, 0, 1, 0, 0])).toBe(5);
  });

  it("has the aspect of its spacing, and none where that is not known", () => {
    const slice = {
      id: "s",
      rows: 1,
      columns: 1,
      rowSpacingMm: 2,
      columnSpacingMm: 0.5,
    } as LayerPlace["slice"];
    expect(aspectOf({ slice })).toBe(4);
    expect(aspectOf({ slice: { ...slice, columnSpacingMm: null } })).toBe(1);
  });
});

describe("the brush", () => {
  it("goes up and down in steps and stays within half a pixel and 40", () => {
    expect([nextRadius(4, 1), nextRadius(4, -1), nextRadius(4.4, 1), nextRadius(4.4, -1)]).toEqual([
      5, 3, 5, 4,
    ]);
    expect([nextRadius(0.5, -1), nextRadius(40, 1), nextRadius(100, 1), nextRadius(0.1, -1)]).toEqual([
      0.5, 40, 40, 0.5,
    ]);
    expect([brushText(0.5), brushText(4)]).toEqual(["1 px", "8 px"]);
  });
});

describe("a polygon in progress", () => {
  const polygon: PolygonInProgress = {
    sliceId: "s",
    erases: false,
    corners: [
      [0, 0],
      [4, 0],
      [4, 4],
    ],
  };
  it("closes near its first corner by pixels of the screen, once it has an area", () => {
    expect(closes(polygon, [2, 0], 4)).toBe(true);
    expect(closes(polygon, [2.1, 0], 4)).toBe(false);
    expect(closes(polygon, [2, 0], 5)).toBe(false);
    expect(closes({ ...polygon, corners: polygon.corners.slice(1) }, [4, 0], 4)).toBe(false);
  });
  it("takes a corner each half pixel, and gives them back one by one", () => {
    expect(extended(polygon, [4, 4.49])).toBe(polygon);
    expect(extended(polygon, [4, 4.5]).corners.at(-1)).toEqual([4, 4.5]);
    expect(withoutLastCorner(polygon)!.corners.length).toBe(2);
    expect(withoutLastCorner({ ...polygon, corners: [[0, 0]] })).toBeNull();
  });
});

describe("a press", () => {
  const grid = { rows: 6, columns: 10 };
  async function surface(over: Partial<StrokeInput> = {}) {
    const room = fakeRoom();
    const slice = { id: "s", ...grid, rowSpacingMm: null, columnSpacingMm: null } as LayerPlace["slice"];
    const place = { slice, matrix: [10, 0, 0, 10, 0, 0] as Matrix };
    // Bright to the right of column 4.
    const image = Uint8Array.from({ length: 60 }, (_, at) => (at % 10 > 4 ? 200 : 50));
    const drawn: { polygon: PolygonInProgress | null } = { polygon: null };
    const press = (at: Point, takesAway = false) =>
      beginPress(
        {
          store: room.store,
          tool: "brush",
          settings: { radius: 0.5, tolerance: 20 },
          grey: { current: image },
          onPolygon: (polygon) => {
            drawn.polygon = polygon;
          },
          ...over,
          polygon: drawn.polygon,
          place,
        },
        at,
        takesAway,
      );
    const prepare = () => room.store.prepare({ sliceId: "s", ...grid, basedOn: 0, baseLabelId: null });
    const pixels = () =>
      [...(room.store.drawingOf("s")?.mask ?? [])].flatMap((value, at) => (value ? [at] : []));
    return { ...room, press, prepare, pixels, drawn, slice };
  }

  it("begins nothing, not even a polygon, while the slice is not ready", async () => {
    for (const tool of ["brush", "polygon", "flood"] as const) {
      const { press, drawn } = await surface({ tool });
      expect(press([1, 1])).toBeNull();
      expect(drawn.polygon).toBeNull();
    }
  });

  it("with the brush draws along its way; taking away, it erases", async () => {
    const { press, prepare, pixels, store } = await surface();
    await prepare();
    const drag = press([1.5, 0.5])!;
    drag.move([4.5, 0.5]);
    drag.end();
    expect(pixels()).toEqual([1, 2, 3, 4]);
    press([2.5, 0.5], true)!.end();
    expect(pixels()).toEqual([1, 3, 4]);
    expect(store.undo("s")?.tool).toBe("eraser");
    const cancelled = press([1.5, 3.5])!;
    cancelled.cancel();
    expect(pixels()).toEqual([1, 2, 3, 4]);
  });

  it("with the threshold brush stays on grey values like the first one's", async () => {
    const { press, prepare, pixels } = await surface({ tool: "threshold" });
    await prepare();
    const drag = press([3.5, 2.5])!;
    drag.move([6.5, 2.5]);
    drag.end();
    expect(pixels()).toEqual([23, 24]);
    const outside = press([-1, 2.5])!;
    outside.move([9, 2.5]);
    outside.end();
    expect(pixels()).toEqual([23, 24]);
  });

  it("with the flood fill is one stroke", async () => {
    const { press, prepare, store } = await surface({ tool: "flood" });
    await prepare();
    expect(press([7, 3])).toBeNull();
    expect(store.drawingOf("s")!.areaPixels).toBe(30);
    press([7, 3], true);
    expect(store.drawingOf("s")).toMatchObject({ areaPixels: 0, draft: { done: 2 } });
  });

  it("with the polygon sets corner by corner and fills on the first one", async () => {
    const { press, prepare, pixels, drawn } = await surface({ tool: "polygon" });
    await prepare();
    for (const corner of [
      [1, 1],
      [3, 1],
      [3, 2],
      [1, 2],
    ] as Point[]) {
      const click = press(corner)!;
      // A shaky hand.
      click.move([corner[0] + 0.6, corner[1]]);
      click.end();
    }
    expect(drawn.polygon!.corners).toEqual([
      [1, 1],
      [3, 1],
      [3, 2],
      [1, 2],
    ]);
    expect(press([1.2, 1.2])).toBeNull();
    expect([pixels(), drawn.polygon]).toEqual([[11, 12], null]);
  });

  it("and drag with the polygon cuts freehand", async () => {
    const { press, prepare, pixels, drawn, store } = await surface({ tool: "polygon" });
    await prepare();
    store.edit("s", "brush", (mask) => mask.fill(1));
    const drag = press([0, 0], true)!;
    const way: Point[] = [2, 4, 6, 8, 10].map((x) => [x, 0]);
    for (const to of [...way, [10, 5], [8, 5], [4, 5], [0, 5]] as Point[]) drag.move(to);
    drag.end();
    expect(drawn.polygon).toBeNull();
    expect(pixels()).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
    expect(store.undo("s")?.tool).toBe("polygon");
  });

  it("of two corners encloses nothing", async () => {
    const { prepare, store, slice } = await surface();
    await prepare();
    const corners: Point[] = [
      [0, 0],
      [9, 5],
    ];
    closePolygon(store, slice, { sliceId: "s", erases: false, corners });
    expect(store.drawingOf("s")).toBeNull();
  });
});

describe("where strokes are kept", () => {
  it("is safe on the server, and in a browser with a journal on the way there, nowhere else", () => {
    const safe = (place: Parameters<typeof placeWords>[0]["place"], journalled: boolean) =>
      placeWords({ place, message: null, journalled }).safe;
    expect([safe("server", false), safe("here", true), safe("sending", true)]).toEqual([true, true, true]);
    for (const place of ["unreachable", "signed-out", "elsewhere", "refused"] as const)
      expect(safe(place, true)).toBe(false);
    expect([safe("here", false), safe("sending", false)]).toEqual([false, false]);
    expect(placeWords({ place: "here", message: null, journalled: false }).words).toContain("keeps no copy");
    expect(placeWords({ place: "refused", message: "too large", journalled: true }).words).toBe(
      "kept in this browser; too large",
    );
  });
});
