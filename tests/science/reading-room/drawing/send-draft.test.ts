import { afterEach, describe, expect, it, vi } from "vitest";
import { beginDraft, type Draft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { draftOfView, sendDraft } from "@/app/(workspace)/reading-room/room/drawing/send-draft";
import { SaveDraft } from "@/lib/features/labels/schema";

const sliceId = "11111111-1111-4111-8111-111111111111";
const id = "22222222-2222-4222-8222-222222222222";
const draft = (bytes = 2): Draft => ({
  ...beginDraft({ id, sliceId, studyId: "y", basedOn: 1, baseLabelId: null }, 0),
  revision: 3,
  strokes: [{ tool: "brush", change: new Uint8Array(bytes).fill(1) }],
  done: 1,
});
const kept = () => Response.json({ revision: 3, saved: false });
const answering = (...answers: (() => Response | Promise<Response>)[]) => {
  const fetched = vi.fn(async (_url: string, _request: RequestInit) => (answers.shift() ?? kept)());
  vi.stubGlobal("fetch", fetched);
  return fetched;
};
const keepalives = (fetched: ReturnType<typeof answering>) =>
  fetched.mock.calls.map(([, request]) => request.keepalive === true);
afterEach(() => void vi.unstubAllGlobals());

describe("a draft that is sent", () => {
  it("is what the server's schema takes, and comes back as the same draft", async () => {
    const fetched = answering();
    expect(
      await sendDraft(draft(), { replaces: "33333333-3333-4333-8333-333333333333", goesOnFrom: [1, 2] }),
    ).toEqual({
      kind: "kept",
      revision: 3,
    });
    const [url, request] = fetched.mock.calls[0]!;
    expect([url, request.method]).toEqual([`/api/slices/${sliceId}/draft`, "PUT"]);
    const { replaces, goesOnFrom, ...sent } = SaveDraft.parse({
      ...JSON.parse(String(request.body)),
      sliceId,
    });
    expect(goesOnFrom).toEqual([1, 2]);
    expect(replaces).toBe("33333333-3333-4333-8333-333333333333");
    expect(draftOfView({ ...sent, updatedAt: new Date(0) }, "y")).toEqual(draft());
  });

  it.each([
    [200, { revision: 7, saved: true }, { kind: "saved" }],
    [200, { revision: 7, saved: false }, { kind: "kept", revision: 7 }],
    [401, {}, { kind: "signed-out" }],
    [409, {}, { kind: "elsewhere" }],
    [429, {}, { kind: "unreachable" }],
    [503, {}, { kind: "unreachable" }],
    [400, { error: { message: "too large" } }, { kind: "refused", message: "too large" }],
    [413, null, { kind: "refused", message: "The server refused this drawing." }],
  ])("and answered with %i %j is %j", async (status, body, answer) => {
    answering(() => Response.json(body, { status }));
    expect(await sendDraft(draft())).toEqual(answer);
  });

  it("outlives its page while all that do together are small enough", async () => {
    // 30,000 bytes are 40,000 characters: two of them exceed 64 KiB.
    let arrive = () => {};
    const waiting = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const late = () => waiting.then(kept);
    const fetched = answering(late, late, kept);
    const first = sendDraft(draft(30_000));
    const second = sendDraft(draft(30_000));
    expect(keepalives(fetched)).toEqual([true, false]);
    arrive();
    await Promise.all([first, second]);
    await sendDraft(draft(30_000));
    expect(keepalives(fetched)).toEqual([true, false, true]);
    await sendDraft(draft(60_000));
    expect(keepalives(fetched).at(-1)).toBe(false);
  });

  it("goes again as an ordinary request where the browser keeps no more alive", async () => {
    const fetched = answering(() => Promise.reject(new TypeError("Failed to fetch")), kept);
    expect(await sendDraft(draft())).toEqual({ kind: "kept", revision: 3 });
    expect(keepalives(fetched)).toEqual([true, false]);
  });

  it("is given up where no answer comes for a minute", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const tired = Object.assign(new Error("timed out"), { name: "TimeoutError" });
    const fetched = answering(() => Promise.reject(tired));
    await expect(sendDraft(draft())).rejects.toThrow("timed out");
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(timeout).toHaveBeenCalledWith(60_000);
    expect(fetched.mock.calls[0]![1].signal).toBeInstanceOf(AbortSignal);
  });
});
