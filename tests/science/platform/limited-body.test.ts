import { describe, expect, it } from "vitest";
import { limitedBody } from "@/app/_server/limited-body";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

/** A body without end that counts what is taken of it. */
function endless() {
  const taken = { bytes: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  return { stream, taken };
}

describe("a request's body", () => {
  it("is given whole up to the limit", async () => {
    expect(Buffer.from(await limitedBody(post("x".repeat(100)), 100)).toString()).toBe("x".repeat(100));
    expect(await limitedBody(new Request("http://localhost/"), 100)).toHaveLength(0);
  });

  it("that is larger is refused with the limit", async () => {
    await expect(limitedBody(post("x".repeat(2000)), 1024)).rejects.toMatchObject({
      kind: "too-large",
      said: { code: "request-too-large", limit: 1024 },
    });
  });

  it("that says it is larger is refused before a byte is read", async () => {
    const { stream, taken } = endless();
    await expect(limitedBody(post(stream, { "Content-Length": "5000" }), 1024)).rejects.toMatchObject({
      kind: "too-large",
    });
    expect(taken.bytes).toBeLessThanOrEqual(1000); // a stream fills its own queue once
  });

  it("without a length, or with a false one, is read no further than the limit", async () => {
    for (const headers of [{}, { "Content-Length": "10" }] as Record<string, string>[]) {
      const { stream, taken } = endless();
      await expect(limitedBody(post(stream, headers), 4096)).rejects.toMatchObject({ kind: "too-large" });
      expect(taken.cancelled).toBe(true);
      expect(taken.bytes).toBeLessThan(10_000);
    }
  });
});
