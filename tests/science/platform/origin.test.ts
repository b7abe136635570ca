import { describe, expect, it } from "vitest";
import { onOrigin, originOf } from "@/app/_server/origin";

const of = (headers: Record<string, string>, known?: string) => originOf(new Headers(headers), known ?? "");

describe("the origin of a request", () => {
  it("is the host it came by, over http where nothing else is said", () => {
    expect(of({ host: "hal:3000" })).toEqual({ origin: "http://hal:3000", secure: false });
    expect(of({ host: "192.168.1.20:3000", "x-forwarded-proto": "http" }).origin).toBe(
      "http://192.168.1.20:3000",
    );
    expect(of({ host: "[fd00::1]:3000" }).origin).toBe("http://[fd00::1]:3000");
  });

  it("is a proxy's own, the first of several", () => {
    const headers = { host: "127.0.0.1:3000", "x-forwarded-host": "sulcus.hospital.example" };
    expect(of({ ...headers, "x-forwarded-proto": "https" })).toEqual({
      origin: "https://sulcus.hospital.example",
      secure: true,
    });
    expect(
      of({ host: "x", "x-forwarded-host": "outer.example, inner:80", "x-forwarded-proto": "https, http" }),
    ).toEqual({ origin: "https://outer.example", secure: true });
  });

  it("has the protocol of the operator's address under that host, and only there", () => {
    const known = "https://sulcus.hospital.example";
    expect(of({ host: "sulcus.hospital.example", "x-forwarded-proto": "http" }, known).secure).toBe(true);
    expect(of({ host: "hal:3000" }, known)).toEqual({ origin: "http://hal:3000", secure: false });
    expect(of({ host: "hal:3000" }, "no address")).toEqual({ origin: "http://hal:3000", secure: false });
  });
});

describe("a redirect", () => {
  it("stays on the origin", () => {
    const origin = "http://hal:3000";
    expect(onOrigin("/sign-in?from=%2Fflagged", origin)).toBe("http://hal:3000/sign-in?from=%2Fflagged");
    expect(onOrigin("http://hal:3000/worklist", origin)).toBe("http://hal:3000/worklist");
  });

  it("leads to no other host, port, protocol or scheme", () => {
    const origin = "http://hal:3000";
    const foreign = [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "http://hal:3001/",
      "https://hal:3000/",
      "http://hal:3000@evil.example/",
      "javascript:alert(1)",
      "http://",
      "\t//evil.example",
    ];
    for (const url of foreign) expect(onOrigin(url, origin), url).toBe(origin);
  });
});
