import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginDraft, type Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { createDraftSync, type DraftAnswer } from "@/app/(workspace)/reading-room/room/drawing/draft-sync";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const draft = (revision: number, sliceId = "s"): Draft => ({
  ...beginDraft(
    { id: `draft of ${sliceId}`, sliceId, studyId: "y", basedOn: 0, baseLabelId: null },
    Date.now(),
  ),
  revision,
  changedAt: Date.now(),
});

/** A server whose answers are given by hand, oldest request first. */
function byHand() {
  const requests: {
    draft: Draft;
    replaces: string | undefined;
    goesOnFrom: readonly number[] | undefined;
    answer(answer: DraftAnswer): void;
    fail(): void;
  }[] = [];
  const places: string[] = [];
  const saved: string[] = [];
  const sync = createDraftSync({
    send: (sent, { replaces, goesOnFrom }) =>
      new Promise((resolve, reject) => {
        requests.push({
          draft: sent,
          replaces,
          goesOnFrom,
          answer: resolve,
          fail: () => reject(new TypeError("Failed to fetch")),
        });
      }),
    onPlace: (_sliceId, place, message) => places.push(message ? `${place}: ${message}` : place),
    onSaved: (sliceId, draftId) => saved.push(`${sliceId}, ${draftId}`),
  });
  const change = (revision: number, sliceId?: string) => sync.changed(draft(revision, sliceId), Date.now());
  const answer = async (at: number, given: DraftAnswer) => {
    requests[at]!.answer(given);
    await vi.advanceTimersByTimeAsync(0);
  };
  const sent = () => requests.map((one) => one.draft.revision);
  return { sync, requests, places, saved, change, answer, sent };
}
const kept = (revision: number): DraftAnswer => ({ kind: "kept", revision });

describe("a draft on its way to the server", () => {
  it("is sent once the hand rests for 0.8 s, in its latest state", async () => {
    const { change, answer, sent, places } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(500);
    change(2);
    await vi.advanceTimersByTimeAsync(799);
    expect(sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual([2]);
    await answer(0, kept(2));
    expect(places).toEqual(["here", "here", "sending", "server"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual([2]);
  });

  it("is sent within 2 s however busy the hand", async () => {
    const { change, requests } = byHand();
    const startedAt = Date.now();
    let sentAfter = 0;
    for (let revision = 1; sentAfter === 0 && revision < 100; revision++) {
      change(revision);
      await vi.advanceTimersByTimeAsync(100);
      if (requests.length > 0) sentAfter = Date.now() - startedAt;
    }
    expect(sentAfter).toBeGreaterThan(800);
    expect(sentAfter).toBeLessThanOrEqual(2_000);
  });

  it("goes one request at a time; what changed meanwhile follows, only the latest of it", async () => {
    const { change, answer, sent } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    for (const revision of [2, 3, 4]) {
      change(revision);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(sent()).toEqual([1]);
    await answer(0, kept(1));
    await vi.advanceTimersByTimeAsync(800);
    expect(sent()).toEqual([1, 4]);
  });

  it("of two slices goes at the same time", async () => {
    const { change, requests } = byHand();
    change(1, "s");
    change(1, "t");
    await vi.advanceTimersByTimeAsync(800);
    expect(requests.map((one) => one.draft.sliceId)).toEqual(["s", "t"]);
  });

  it.each(["unreachable", "signed-out"] as const)(
    "is sent again where it is %s, after 2, 4, 8, 16, then always 30 s",
    async (kind) => {
      const { change, answer, sent, places, requests } = byHand();
      change(1);
      await vi.advanceTimersByTimeAsync(800);
      const waits: number[] = [];
      for (let at = 0; at < 7; at++) {
        await answer(at, { kind });
        expect(places.at(-1)).toBe(kind);
        const answered = Date.now();
        while (requests.length === at + 1) await vi.advanceTimersByTimeAsync(500);
        waits.push((Date.now() - answered) / 1000);
      }
      expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30]);
      expect(new Set(sent())).toEqual(new Set([1]));
      await answer(7, kept(1));
      expect(places.at(-1)).toBe("server");
      change(2);
      await vi.advanceTimersByTimeAsync(800);
      await answer(8, { kind });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(sent().length).toBe(10);
    },
  );

  it("counts a request that fails as unreachable", async () => {
    const { change, requests, places, sent } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    requests[0]!.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(places.at(-1)).toBe("unreachable");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent()).toEqual([1, 1]);
  });

  it("is not sent again by itself where the server refuses it or has another, but with the next stroke", async () => {
    const { change, answer, sent, places } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    await answer(0, { kind: "refused", message: "too large" });
    expect(places.at(-1)).toBe("refused: too large");
    await vi.advanceTimersByTimeAsync(120_000);
    change(2);
    await vi.advanceTimersByTimeAsync(800);
    await answer(1, { kind: "elsewhere" });
    expect(places.at(-1)).toBe("elsewhere");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent()).toEqual([1, 2]);
    change(3);
    await vi.advanceTimersByTimeAsync(800);
    expect(sent()).toEqual([1, 2, 3]);
  });

  it("that another window went on with is not sent over its strokes, however many are drawn here", async () => {
    const { sync, change, answer, sent, places } = byHand();
    change(6);
    await vi.advanceTimersByTimeAsync(800);
    await answer(0, kept(8));
    expect(places.at(-1)).toBe("elsewhere");
    for (const revision of [7, 8, 9, 10]) {
      change(revision);
      await vi.advanceTimersByTimeAsync(2_000);
    }
    sync.flush();
    expect(sent()).toEqual([6]);
    expect(places.at(-1)).toBe("elsewhere");
    await sync.forget("s");
    sync.changed(draft(11), Date.now());
    await vi.advanceTimersByTimeAsync(800);
    expect(sent()).toEqual([6, 11]);
  });

  it("that has become a label is reported once and not sent any more", async () => {
    const { change, answer, saved, sent } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    change(2);
    await answer(0, { kind: "saved" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved).toEqual(["s, draft of s"]);
    expect(sent()).toEqual([1]);
  });

  it("takes the place of another until the server has taken it", async () => {
    const { sync, requests, change, answer } = byHand();
    sync.changed(draft(1), Date.now(), "other");
    await vi.advanceTimersByTimeAsync(800);
    await answer(0, { kind: "unreachable" });
    change(2);
    await vi.advanceTimersByTimeAsync(2_000);
    await answer(1, kept(2));
    change(3);
    await vi.advanceTimersByTimeAsync(800);
    expect(requests.map(({ replaces }) => replaces)).toEqual(["other", "other", undefined]);
  });
});

describe("a draft that two windows go on with", () => {
  it("names what the server may have of it from here: its last answer, and what was sent since", async () => {
    const { sync, change, answer, requests } = byHand();
    sync.serverHas("draft of s", [5]);
    change(6);
    await vi.advanceTimersByTimeAsync(800);
    // Perhaps it arrived all the same.
    await answer(0, { kind: "unreachable" });
    change(7);
    await vi.advanceTimersByTimeAsync(2_000);
    await answer(1, kept(7));
    change(8);
    await vi.advanceTimersByTimeAsync(800);
    expect(requests.map((one) => one.goesOnFrom)).toEqual([[5], [5, 6], [7]]);
  });

  it("names nothing while it is not known what the server has", async () => {
    const { change, answer, requests } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    await answer(0, kept(1));
    change(2);
    await vi.advanceTimersByTimeAsync(800);
    expect(requests.map((one) => one.goesOnFrom)).toEqual([undefined, [1]]);
  });
});

describe("a page that goes away", () => {
  it("sends at once what waits, and nothing that is there already", async () => {
    const { sync, change, answer, sent } = byHand();
    change(1);
    sync.flush();
    expect(sent()).toEqual([1]);
    await answer(0, kept(1));
    sync.flush();
    expect(sent()).toEqual([1]);
  });

  it("also sends what changed during a request; answers in any order are no other window", async () => {
    const { sync, change, answer, sent, places } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    change(2);
    sync.flush();
    expect(sent()).toEqual([1, 2]);
    await answer(1, kept(2));
    expect(places.at(-1)).toBe("sending");
    // The server had 2 before it was asked to keep 1.
    await answer(0, kept(2));
    expect(places.at(-1)).toBe("server");
  });

  it("sends a last time as it closes; later answers change nothing", async () => {
    const { sync, change, answer, sent, places, saved } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    change(2);
    sync.close();
    expect(sent()).toEqual([1, 2]);
    const before = places.length;
    await answer(0, { kind: "unreachable" });
    await answer(1, { kind: "saved" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([places.length, saved, sent()]).toEqual([before, [], [1, 2]]);
  });

  it("can draw again after it closed, as a page does that comes back", async () => {
    const { sync, change, sent } = byHand();
    sync.close();
    change(5);
    await vi.advanceTimersByTimeAsync(800);
    expect(sent()).toEqual([5]);
  });
});

describe("a draft that is forgotten", () => {
  it("is not sent, and its request under way is waited for", async () => {
    const { sync, change, answer, sent, places } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    change(2);
    const order: string[] = [];
    const forgotten = sync.forget("s").then(() => order.push("forgotten"));
    await vi.advanceTimersByTimeAsync(5_000);
    order.push("answered");
    const before = places.length;
    await answer(0, kept(1));
    await forgotten;
    expect(order).toEqual(["answered", "forgotten"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual([1]);
    expect(places.length).toBe(before);
  });

  it("does not disturb the next one with its late answer", async () => {
    const { sync, change, answer, sent, places } = byHand();
    change(1);
    await vi.advanceTimersByTimeAsync(800);
    void sync.forget("s");
    change(2);
    await answer(0, { kind: "elsewhere" });
    expect(places.at(-1)).toBe("here");
    await vi.advanceTimersByTimeAsync(800);
    expect(sent()).toEqual([1, 2]);
  });
});
