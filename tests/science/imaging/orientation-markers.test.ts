import { describe, expect, it } from "vitest";
import { orientationMarkers } from "@/lib/science/imaging/orientation-markers";

/** The edges in reading order: left, right, top, bottom. */
function edges(...orientation: number[]) {
  const markers = orientationMarkers(orientation);
  return markers && [markers.left, markers.right, markers.top, markers.bottom].join(" ");
}

const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);

describe("orientationMarkers", () => {
  it("names the edges of the three standard planes", () => {
    expect(edges(1, 0, 0, 0, 1, 0)).toBe("R L A P");
    expect(edges(1, 0, 0, 0, 0, -1)).toBe("R L H F");
    expect(edges(0, 1, 0, 0, 0, -1)).toBe("A P H F");
  });

  it("follows images that are mirrored or turned", () => {
    expect(edges(-1, 0, 0, 0, 1, 0)).toBe("L R A P");
    expect(edges(1, 0, 0, 0, -1, 0)).toBe("R L P A");
    expect(edges(0, 1, 0, -1, 0, 0)).toBe("A P L R");
  });

  it("adds a second letter from a tilt of about 12 degrees on", () => {
    // An axial slice tilted about the left-right axis: columns run (0, cos, sin), so that the lower edge is P and H.
    expect(edges(1, 0, 0, 0, cos(11), sin(11))).toBe("R L A P");
    expect(edges(1, 0, 0, 0, cos(12), sin(12))).toBe("R L AF PH");
    expect(edges(1, 0, 0, 0, cos(60), sin(60))).toBe("R L FA HP");
    expect(edges(1, 0, 0, 0, cos(20), -sin(20))).toBe("R L AH PF");
  });

  it("shows two letters at most, the strongest first", () => {
    // Row (2, -2, 1) / 3, column (1, 2, 2) / 3: unit vectors at right angles.
    expect(edges(2 / 3, -2 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3)).toBe("RP LA AF PH");
  });

  it("allows for numbers that were rounded", () => {
    expect(edges(0.999, -0.0312, 0.0001, 0.0312, 0.98, -0.1966)).toBe("R L A P");
  });

  it.each([
    ["nothing", []],
    ["three numbers", [1, 0, 0]],
    ["seven numbers", [1, 0, 0, 0, 1, 0, 0]],
    ["zeros", [0, 0, 0, 0, 0, 0]],
    ["a row that is no unit vector", [2, 0, 0, 0, 1, 0]],
    ["a column that is no unit vector", [1, 0, 0, 0, 0.9, 0]],
    ["a row and a column along one line", [1, 0, 0, 1, 0, 0]],
    ["a row and a column that are not at right angles", [1, 0, 0, 0.6, 0.8, 0]],
    ["what is no number", [Number.NaN, 0, 0, 0, 1, 0]],
    ["what has no end", [1, 0, 0, 0, Infinity, 0]],
  ])("claims no side from %s", (_, orientation) => {
    expect(orientationMarkers(orientation)).toBeNull();
  });
});
