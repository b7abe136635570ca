import { setTimeout as sleep } from "node:timers/promises";
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

  it("that stands still, or drips, is given up", async () => {
    const slow = (everyMs: number) => {
      let cancelled = false;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await sleep(everyMs, undefined, { ref: false });
          if (!cancelled) controller.enqueue(new Uint8Array(1));
        },
        cancel() {
          cancelled = true;
        },
      });
      const patience = { pauseMs: 50, totalMs: 200 };
      return { read: limitedBody(post(body), 4096, patience), isCancelled: () => cancelled };
    };
    for (const everyMs of [60_000, 10]) {
      const { read, isCancelled } = slow(everyMs);
      await expect(read).rejects.toMatchObject({ kind: "too-slow", said: { code: "request-too-slow" } });
      expect(isCancelled()).toBe(true);
    }
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
