import { describe, expect, it } from "vitest";
import type { Decision } from "@/app/(workspace)/reading-room/label/decisions";
import { holdsDecision } from "@/app/(workspace)/reading-room/room/saves/holds-decision";
import { toBase64 } from "@/lib/features/labels/base64";
import { encodeMask } from "@/lib/science/imaging/mask-rle";

const mask = Uint8Array.of(0, 1, 1, 0);
const decision = (labelClass: Decision["labelClass"], kind: Decision["mask"]): Decision => ({
  key: "S",
  title: "",
  stores: "",
  isOpen: true,
  act: "state",
  labelClass,
  mask: kind,
});
const drawn = { decision: decision("TUMOR", "drawn"), drawn: toBase64(encodeMask(mask, 2, 2)) };
const label = { labelClass: "TUMOR" as const, areaPixels: 2 };
const stored =
  (...pixels: number[]) =>
  () =>
    Promise.resolve(Uint8Array.from(pixels));

describe("a label that comes back for a save", () => {
  it("holds what was drawn only pixel by pixel", async () => {
    expect(await holdsDecision(label, drawn, stored(0, 1, 1, 0))).toBe(true);
    expect(await holdsDecision(label, drawn, stored(1, 1, 0, 0))).toBe(false);
    expect(await holdsDecision({ ...label, areaPixels: 3 }, drawn, stored(0, 1, 1, 0))).toBe(false);
  });

  it("has to do with its area where its mask does not come", async () => {
    const never = () => Promise.reject(new Error("offline"));
    expect(await holdsDecision(label, drawn, never)).toBe(true);
    expect(await holdsDecision({ ...label, areaPixels: 1 }, drawn, never)).toBe(false);
  });

  it("of an earlier decision is another one", async () => {
    const none = { decision: decision("NO_TUMOR", "none"), drawn: null };
    expect(await holdsDecision({ labelClass: "NO_TUMOR", areaPixels: null }, none, stored())).toBe(true);
    expect(await holdsDecision(label, none, stored())).toBe(false);
    const tumor = { decision: decision("TUMOR", "none"), drawn: null };
    expect(await holdsDecision(label, tumor, stored())).toBe(false);
    expect(await holdsDecision(label, { ...tumor, decision: decision("TUMOR", "proposed") }, stored())).toBe(
      true,
    );
  });
});
