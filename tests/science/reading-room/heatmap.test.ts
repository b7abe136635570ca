import { describe, expect, it } from "vitest";
import { heatColour, paintHeatmap } from "@/app/(workspace)/reading-room/heatmap/heatmap-colours";
import { heatmapFigures, signedCells } from "@/app/(workspace)/reading-room/room/heatmap";

/** A 2 x 2 heatmap: peak 4 against tumor; 3 for and 5 against in all. */
const heatmap = { rows: 2, columns: 2, values: [1, -4, 2, -1], modelNumber: 3 };

/** CIE L*, 0 to 100, of a colour laid over a grey of 0 to 255 at its own opacity. */
function lightness([red, green, blue, alpha]: number[], over: number): number {
  const linear = [red!, green!, blue!].map((value) => {
    const shown = (value * alpha! + over * (255 - alpha!)) / 255 / 255;
    return shown <= 0.04045 ? shown / 12.92 : ((shown + 0.055) / 1.055) ** 2.4;
  });
  const y = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe("a heatmap's figures", () => {
  it("are its strongest cell, the sums either way and the strongest cell's share, by hand", () => {
    expect(heatmapFigures(heatmap)).toEqual({ peak: 4, sumFor: 3, sumAgainst: -5, peakShare: 0.5 });
  });

  it("have no share where no cell says anything, and then no cell has a sign", () => {
    const empty = { ...heatmap, values: [0, 0, 0, 0] };
    expect(heatmapFigures(empty)).toMatchObject({ peak: 0, peakShare: null });
    expect(signedCells(empty)).toEqual([]);
  });

  it("give a sign to cells at least half as strong as the strongest", () => {
    expect(signedCells(heatmap)).toEqual([
      { row: 0, column: 1, sign: "−" },
      { row: 1, column: 0, sign: "+" },
    ]);
  });
});

describe("a heatmap's colours", () => {
  it("are clear at nothing, opaque at the strongest, and warm for tumor", () => {
    expect(heatColour(0)[3]).toBe(0);
    expect([heatColour(1)[3], heatColour(-1)[3]]).toEqual([255, 255]);
    expect(heatColour(0.5)[0]).toBeGreaterThan(heatColour(0.5)[2]);
    expect(heatColour(-0.5)[2]).toBeGreaterThan(heatColour(-0.5)[0]);
  });

  it("grow lighter with every step for tumor on black, and tell the sides apart in grey on brain", () => {
    const steps = Array.from({ length: 21 }, (_, step) => step / 20);
    const onBlack = steps.map((share) => lightness(heatColour(share), 0));
    for (let step = 1; step < steps.length; step++)
      expect(onBlack[step]! - onBlack[step - 1]!).toBeGreaterThan(0);
    const brain = 150;
    expect(lightness(heatColour(1), brain)).toBeGreaterThan(lightness(heatColour(0), brain) + 20);
    expect(lightness(heatColour(-1), brain)).toBeLessThan(lightness(heatColour(0), brain) - 10);
  });

  it("are laid on relative to the strongest cell, and nowhere where there is none", () => {
    const pixels = paintHeatmap(Float32Array.of(4, -2, 0), 4);
    expect([...pixels]).toEqual([...heatColour(1), ...heatColour(-0.5), ...heatColour(0)]);
    expect([...paintHeatmap(new Float32Array(2), 0)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
