import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recallHints, rememberHints } from "@/app/(workspace)/reading-room/room/hints";
import type { Page } from "@/app/(workspace)/reading-room/room/ports";
import { openRoom } from "./fake-ports";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function browser(keeps = true) {
  const kept = new Map<string, string>();
  const page = {
    recall: (key: string) => kept.get(key) ?? null,
    remember: (key: string, value: string) => void (keeps && kept.set(key, value)),
  };
  return page as unknown as Page;
}
const ana = { readerId: "ana", studyId: "first" };

describe("hints", () => {
  it("begin in the first study, go on there, and are in no other one", () => {
    const page = browser();
    expect(recallHints(page, ana)).toBe(0);
    rememberHints(page, ana, 2);
    expect(recallHints(page, ana)).toBe(2);
    expect(recallHints(page, { ...ana, studyId: "second" })).toBeNull();
    expect(recallHints(page, ana)).toBe(2);
  });

  it("are each person's own", () => {
    const page = browser();
    rememberHints(page, ana, 4);
    expect(recallHints(page, { readerId: "ben", studyId: "second" })).toBe(0);
    expect(recallHints(page, ana)).toBe(4);
  });

  it("are not shown where a browser keeps nothing: they would never end", () => {
    expect(recallHints(browser(false), ana)).toBeNull();
  });

  it("are for who labels", async () => {
    expect((await openRoom()).room.get().now.hintsDismissed).toBe(0);
    expect((await openRoom({ mayLabel: false })).room.get().now.hintsDismissed).toBeNull();
  });
});
