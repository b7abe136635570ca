import { describe, expect, it } from "vitest";
import { wheelTravel } from "@/app/(workspace)/reading-room/picture/scroll";
import {
  channelOf,
  defaultHanging,
  nextLayout,
  viewsIn,
} from "@/app/(workspace)/reading-room/room/picture/hanging";
import { extractChannel } from "@/app/(workspace)/reading-room/room/picture/slice-pixels";
import {
  applyWindow,
  defaultRange,
  relativeWindow,
  windowText,
} from "@/app/(workspace)/reading-room/room/picture/window";
import { visibleItems } from "@/app/(workspace)/reading-room/strip/visible-items";

describe("hanging", () => {
  it("hangs FLAIR beside T1 post-contrast, and one key walks through the layouts", () => {
    expect(defaultHanging.slice(0, viewsIn("two-up"))).toEqual(["flair", "t1-post"]);
    expect([nextLayout("one-up"), nextLayout("two-up"), nextLayout("three-up")]).toEqual([
      "two-up",
      "three-up",
      "one-up",
    ]);
  });

  it("takes FLAIR from green, T1 post from blue and T1 pre from red", () => {
    const rgb = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect([...extractChannel(rgb, channelOf.flair!)]).toEqual([2, 5]);
    expect([...extractChannel(rgb, channelOf["t1-post"]!)]).toEqual([3, 6]);
    expect([...extractChannel(rgb, channelOf["t1-pre"]!)]).toEqual([1, 4]);
  });
});

describe("window", () => {
  it("widens and shifts in units of the default window", () => {
    const base = { lower: 20, upper: 120 };
    expect(applyWindow(base, { width: 2, shift: 0.5 })).toEqual({ lower: 20, upper: 220 });
    expect(relativeWindow(base, { lower: 20, upper: 220 })).toEqual({ width: 2, shift: 0.5 });
  });

  it("shows all 8-bit values where a study has no percentiles or no range", () => {
    expect(defaultRange(undefined, undefined)).toEqual({ lower: 0, upper: 255 });
    expect(defaultRange(7, 7)).toEqual({ lower: 0, upper: 255 });
    expect(defaultRange(12, 190)).toEqual({ lower: 12, upper: 190 });
  });

  it("is written as width and level", () => {
    expect(windowText({ lower: 12, upper: 190 })).toBe("W 178 L 101");
  });
});

describe("scrolling", () => {
  it("makes one slice of a wheel's notch, whatever its size", () => {
    expect(wheelTravel(0, 100, 0)).toEqual({ slices: 1, rest: 0 });
    expect(wheelTravel(0, -360, 0)).toEqual({ slices: -1, rest: 0 });
    expect(wheelTravel(0, 3, 1)).toEqual({ slices: 1, rest: 0 });
  });

  it("adds up a touchpad's small steps, and forgets them on turning back", () => {
    expect(wheelTravel(0, 15, 0)).toEqual({ slices: 0, rest: 15 });
    expect(wheelTravel(30, 15, 0)).toEqual({ slices: 1, rest: 5 });
    expect(wheelTravel(30, -15, 0)).toEqual({ slices: 0, rest: -15 });
  });

  it("draws only the part of 500 slices that is in sight", () => {
    expect(visibleItems(7200, 1280, 72, 500)).toEqual({ first: 92, end: 126 });
    expect(visibleItems(0, 1280, 72, 5)).toEqual({ first: 0, end: 5 });
  });
});
