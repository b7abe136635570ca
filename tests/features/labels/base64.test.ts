import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "@/lib/features/labels/base64";

describe("base64", () => {
  it("gives the standard's own examples", () => {
    // RFC 4648, section 10.
    const texts = { "": "", f: "Zg==", fo: "Zm8=", foo: "Zm9v", foob: "Zm9vYg==", fooba: "Zm9vYmE=" };
    for (const [plain, text] of Object.entries(texts)) {
      expect(toBase64(new TextEncoder().encode(plain))).toBe(text);
      expect(new TextDecoder().decode(fromBase64(text))).toBe(plain);
    }
  });

  it("gives every byte back, also of more than one piece", () => {
    const bytes = Uint8Array.from({ length: 20_001 }, (_, index) => index % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  });

  it("refuses what is none", () => {
    for (const text of ["ä", "Zg=", "Z"]) expect(() => fromBase64(text)).toThrow(RangeError);
  });
});
