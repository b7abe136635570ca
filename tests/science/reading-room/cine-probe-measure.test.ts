import { describe, expect, it } from "vitest";
import { areaText, lengthText } from "@/app/(workspace)/reading-room/picture/measure-text";
import {
  createProbe,
  type ProbePlace,
  pixelAt,
  probeText,
} from "@/app/(workspace)/reading-room/picture/probe";
import { cineNext, dueAfter } from "@/app/(workspace)/reading-room/room/effects/cine";

describe("cine", () => {
  it("keeps its beat where a frame comes a little late", () => {
    expect(dueAfter(1000, 1004, 100)).toBe(1100);
    expect(dueAfter(1000, 1099, 100)).toBe(1100);
  });

  it("makes up for nothing where a picture kept it waiting", () => {
    expect(dueAfter(1000, 1100, 100)).toBe(1200);
    expect(dueAfter(1000, 1350, 100)).toBe(1450);
  });

  it("goes round at the end", () => {
    expect([cineNext(0, 3), cineNext(1, 3), cineNext(2, 3), cineNext(0, 1)]).toEqual([1, 2, 0, 0]);
  });
});

describe("probe", () => {
  const size = { rows: 100, columns: 200 };

  it("finds the pixel under the pointer in a zoomed and moved picture", () => {
    const matrix = [2, 0, 0, 2, 40, 10] as const;
    expect(pixelAt(matrix, 40, 10, size)).toEqual({ column: 0, row: 0 });
    expect(pixelAt(matrix, 286.9, 187.9, size)).toEqual({ column: 123, row: 88 });
    expect(pixelAt(matrix, 439.9, 209.9, size)).toEqual({ column: 199, row: 99 });
  });

  it("finds nothing beside the image", () => {
    const matrix = [2, 0, 0, 2, 40, 10] as const;
    expect(pixelAt(matrix, 39.9, 10, size)).toBeNull();
    expect(pixelAt(matrix, 440, 10, size)).toBeNull();
    expect(pixelAt(matrix, 40, 210, size)).toBeNull();
  });

  it("follows a picture that is turned by a right angle", () => {
    // x = 100 - row, y = column
    expect(pixelAt([0, 1, -1, 0, 100, 0], 89.5, 30.5, size)).toEqual({ column: 30, row: 10 });
  });

  it("writes a grey value, or the three of the composite", () => {
    expect(probeText(123, 88, [143])).toBe("x 123 y 88 · 143");
    expect(probeText(1, 2, [9, 143, 20])).toBe("x 1 y 2 · R 9 G 143 B 20");
  });

  it("tells all views of another pixel, and of the same one once", () => {
    const probe = createProbe();
    const told: (ProbePlace | null)[] = [];
    const end = probe.follow((place) => told.push(place));
    probe.show({ view: 1, column: 3, row: 4 });
    probe.show({ view: 1, column: 3, row: 4 });
    probe.show(null);
    end();
    probe.show({ view: 2, column: 3, row: 4 });
    expect(told).toEqual([{ view: 1, column: 3, row: 4 }, null]);
    expect(probe.place()).toEqual({ view: 2, column: 3, row: 4 });
  });
});

describe("measurements", () => {
  it("carry the unit that they were measured in", () => {
    expect(lengthText({ length: 45.04, unit: "mm" })).toEqual(["45.0 mm"]);
    expect(lengthText({ length: 50.06, unit: "px" })).toEqual(["50.1 px"]);
    expect(lengthText({ length: null, unit: null })).toEqual([]);
  });

  it("say mean and standard deviation of grey values, but not of colours", () => {
    const area = { area: 1256.6, areaUnit: "px²" };
    expect(areaText({ ...area, mean: 101.26, stdDev: 8.04 })).toEqual(["1257 px²", "mean 101.3  SD 8.0"]);
    expect(areaText({ ...area, mean: [1, 2, 3], stdDev: [1, 1, 1] })).toEqual(["1257 px²"]);
    expect(areaText({})).toEqual(["outside the image"]);
  });
});
