import type { JobView } from "@/lib/records/job-view";
import { sayRefusal } from "@/lib/words/refusals";
import type { Core } from "../core";
import type { Heatmap } from "../heatmap";
import { currentSlice } from "../selectors";
import { watch } from "../store";

/** Slices that a reader only scrolls past are not asked about. */
const restMs = 200;

/**
 * Brings the production model's heatmap of the slice at hand while it is wanted, and says what there is to say until it
 * is there: that the worker was asked, or why it does not come. Off and on again asks once more.
 */
export function bringHeatmap(core: Core): () => void {
  const { server } = core.ports;
  let waiting: { sliceId: string; modelId: string; jobId: string } | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;
  /** Raised with each slice, so that late answers come to nothing. */
  let asking = 0;

  const show = (sliceId: string, heatmap: Heatmap | null, status: string | null) =>
    core.put("now", { heatmap: { sliceId, heatmap, status } });

  /** Looks whether what is waited for has come, or never will; `told` that it is there, it does not ask for the job. */
  const look = async (told = false) => {
    const wanted = waiting;
    if (!wanted) return;
    const end = (heatmap: Heatmap | null, status: string | null) => {
      if (waiting !== wanted) return;
      waiting = null;
      show(wanted.sliceId, heatmap, status);
    };
    try {
      // The job first: one that ends after this look is told of by a change.
      const job = told ? null : await server.job(wanted.jobId).catch(() => null);
      // A browser writes each address that is not there on its console, as an error.
      if (job?.status === "WAITING" || job?.status === "RUNNING") return;
      const heatmap = await server.heatmap(wanted.sliceId, wanted.modelId);
      if (heatmap) end(heatmap, null);
      else if (job) {
        const sentence = whyNot(job);
        if (sentence) end(null, sentence);
      }
    } catch {
      // The server is away for a moment: the next change or poll looks again.
    }
  };

  const ask = async (sliceId: string, asked: number) => {
    const put = (heatmap: Heatmap | null, status: string | null) => {
      if (asked === asking) show(sliceId, heatmap, status);
    };
    try {
      const request = await server.requestHeatmap(sliceId);
      if (asked !== asking) return;
      if (request.state === "ready") {
        const heatmap = await server.heatmap(sliceId, request.modelId);
        return put(heatmap, heatmap ? null : "The heatmap could not be loaded.");
      }
      waiting = { sliceId, modelId: request.modelId, jobId: request.jobId };
      // It may have ended before anybody listened for it.
      await look();
    } catch (error) {
      put(null, sentenceOf(error));
    }
  };

  const start = (on: string) => {
    clearTimeout(rest);
    waiting = null;
    const asked = ++asking;
    if (!on) return;
    const [sliceId, modelId] = on.split(" ") as [string, string];
    if (!modelId)
      return show(
        sliceId,
        null,
        currentSlice(core.get()).predictionHidden
          ? "The heatmap is hidden until you have decided: this patient is kept for testing."
          : "This slice has no prediction yet, so there is nothing to explain.",
      );
    const known = server.heatmapAtHand(sliceId, modelId);
    if (known) return show(sliceId, known, null);
    show(sliceId, null, "Waiting for a worker…");
    rest = setTimeout(() => void ask(sliceId, asked), restMs);
  };
  const stops = [
    watch(
      core,
      (state) => {
        const { id, prediction } = currentSlice(state);
        return state.view.heatmap ? `${id} ${prediction?.modelId ?? ""}` : "";
      },
      start,
    ),
    server.onChange((change) => {
      if (!waiting) return;
      const told = change?.topic === "heatmap" && change.id === waiting.sliceId;
      if (told || !change || (change.topic === "job" && change.id === waiting.jobId)) void look(told);
    }),
  ];
  return () => {
    start("");
    for (const stop of stops) stop();
  };
}

/** Why a job that has ended left no heatmap; null while it may still come. */
function whyNot({ status, error }: Pick<JobView, "status" | "error">): string | null {
  if (status === "FAILED") return `The heatmap could not be made. ${error ? sayRefusal(error) : ""}`.trim();
  if (status === "CANCELLED") return "Making the heatmap was cancelled.";
  return status === "DONE" ? "The heatmap could not be loaded." : null;
}

const sentenceOf = (error: unknown) =>
  error instanceof Error && error.message && !isUnreachable(error)
    ? error.message
    : "The server could not be reached. Switch the heatmap off and on to try again.";

const isUnreachable = (error: Error) => "code" in error && error.code === "unreachable";
