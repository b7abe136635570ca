import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient, followChanges } from "@/app/_client/query-client";
import { draftsQuery, labelsQuery, labelUsesQuery, studyQuery } from "@/app/(workspace)/reading-room/queries";

const slices = new Set(["s", "t"]);
const concerns =
  (query: { meta: { concerns(change: { topic: string; id: string }): boolean } }) =>
  (topic: string, id: string) =>
    query.meta.concerns({ topic, id });

describe("what makes a read out of date", () => {
  it("is, for a study, what happens to it and to no other one", () => {
    const study = concerns(studyQuery("y", slices));
    expect(study("prediction", "y")).toBe(true);
    expect(study("prediction", "z")).toBe(false);
    expect(study("label", "t")).toBe(true);
    expect(study("label", "elsewhere")).toBe(false);
    expect(study("production", "any")).toBe(true);
    expect(study("model", "any")).toBe(false);
    for (const topic of ["job", "draft", "heatmap", "import", "run", "worker"])
      expect(study(topic, "y")).toBe(false);
  });

  it("is, for drafts and labels, what happens to their slices", () => {
    expect(concerns(draftsQuery("y", slices))("draft", "s")).toBe(true);
    expect(concerns(draftsQuery("y", slices))("draft", "elsewhere")).toBe(false);
    expect(concerns(labelsQuery("s", 1))("label", "s")).toBe(true);
    expect(concerns(labelsQuery("s", 1))("label", "t")).toBe(false);
    expect(concerns(labelUsesQuery("s"))("model", "any")).toBe(true);
  });
});

describe("changes that the server tells of", () => {
  let stream: { onopen?: () => void; onmessage?: (event: { data: string }) => void };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("document", { hidden: false, addEventListener: () => {}, removeEventListener: () => {} });
    vi.stubGlobal("fetch", async () => new Response("{}"));
    vi.stubGlobal(
      "EventSource",
      class {
        static OPEN = 1;
        static CLOSED = 2;
        readyState = 0;
        onopen?: () => void;
        onmessage?: (event: { data: string }) => void;
        constructor() {
          stream = this;
        }
        close() {
          this.readyState = 2;
        }
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function watched(pollMs?: number) {
    const client = createQueryClient();
    const read = vi.fn(async () => "study");
    const { meta } = studyQuery("y", slices);
    const query = {
      queryKey: ["study", "y"],
      queryFn: read,
      meta: { ...meta, ...(pollMs ? { pollMs } : {}) },
    };
    const end = new QueryObserver(client, query).subscribe(() => {});
    const stop = followChanges(client);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read).toHaveBeenCalledTimes(1);
    const tell = (topic: string, id: string) => stream.onmessage?.({ data: JSON.stringify({ topic, id }) });
    const close = () => {
      end();
      stop();
    };
    return { read, tell, close };
  }

  it("have the study read again, once for many, and not for those of other studies", async () => {
    const { read, tell, close } = await watched();
    tell("prediction", "z");
    tell("label", "elsewhere");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 5; count++) tell("prediction", "y");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read).toHaveBeenCalledTimes(2);
    close();
  });

  it("that were missed while no stream was open have it read again when one opens", async () => {
    const { read, close } = await watched();
    stream.onopen?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read).toHaveBeenCalledTimes(2);
    close();
  });

  it("are polled for where no stream opens, a costly read seldom", async () => {
    const { read, close } = await watched(20_000);
    await vi.advanceTimersByTimeAsync(18_000);
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(read).toHaveBeenCalledTimes(2);
    close();
  });
});
