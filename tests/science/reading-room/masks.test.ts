import { describe, expect, it, vi } from "vitest";
import { maskPathOf } from "@/app/(workspace)/reading-room/room/masks/mask-path";
import { allMasks, noMasks, toggledMasks } from "@/app/(workspace)/reading-room/room/masks/masks-shown";
import { maskPath, maskPixels, maskUrlsOf } from "@/app/(workspace)/reading-room/room/masks/slice-masks";

describe("a mask's path", () => {
  it("goes along the pixels' edges, holes included", () => {
    expect(maskPathOf(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 0), 3, 3)).toBe("M1 2H2V3H1Z");
    expect(maskPathOf(Uint8Array.of(1, 0, 0, 1, 1, 0), 2, 3)).toBe("M0 0H1V1H2V2H0Z");
    const ring = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1);
    expect(maskPathOf(ring, 3, 3)).toBe("M0 0H3V3H0ZM1 2H2V1H1Z");
    expect(maskPathOf(new Uint8Array(9), 3, 3)).toBe("");
  });
});

describe("masks of a slice", () => {
  const slice = { id: "s", prediction: null, label: null, imported: null };

  it("come from the model, the import and the current label, each only where it is", () => {
    expect(maskUrlsOf(slice)).toEqual({ proposed: "", imported: "", current: "" });
    const label = { id: "l2", maskSha256: null } as NonNullable<Parameters<typeof maskUrlsOf>[0]["label"]>;
    const imported = { id: "l1", labelClass: "TUMOR", areaPixels: 1, maskSha256: "m" } as const;
    expect(maskUrlsOf({ ...slice, label, imported })).toEqual({
      proposed: "",
      imported: "/api/labels/l1/mask",
      current: "",
    });
  });

  it("are fetched once as pixels, from which the path is made; a failed one is asked for again", async () => {
    const fetched = vi.fn(async () => new Response(Uint8Array.of(0, 1, 0, 0)));
    fetched.mockImplementationOnce(async () => new Response(null, { status: 500 }));
    vi.stubGlobal("fetch", fetched);
    await expect(maskPath("/mask", 2, 2)).rejects.toThrow("could not be loaded");
    expect(await maskPath("/mask", 2, 2)).toBe("M1 0H2V1H1Z");
    expect([...(await maskPixels("/mask", 2, 2))]).toEqual([0, 1, 0, 0]);
    expect(fetched).toHaveBeenCalledTimes(2);
    await expect(maskPixels("/other", 3, 3)).rejects.toThrow("another size");
    vi.unstubAllGlobals();
  });

  it("are all hidden by one key, and those that were shown come back", () => {
    const proposedOnly = { ...noMasks, proposed: true };
    expect(toggledMasks(proposedOnly, allMasks)).toEqual(noMasks);
    expect(toggledMasks(noMasks, proposedOnly)).toEqual(proposedOnly);
    expect(toggledMasks(noMasks, noMasks)).toEqual(allMasks);
  });
});
