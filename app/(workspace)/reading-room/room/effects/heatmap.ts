"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Outcome } from "@/app/_server/action";
import { useChanges } from "@/app/_ui/use-changes";
import type { JobView } from "@/lib/features/jobs/schema";
import type { HeatmapRequest } from "@/lib/features/predictions/heatmap-schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { fetchHeatmap, type Heatmap, loadedHeatmap } from "../heatmap";

/** The server action that asks for a heatmap. */
export type RequestHeatmap = (input: { sliceId: string }) => Promise<Outcome<HeatmapRequest>>;

/** Slices that a reader only scrolls past are not asked about. */
const restMs = 200;

interface Shown {
  sliceId: string;
  heatmap: Heatmap | null;
  status: string | null;
}

/**
 * The production model's heatmap of a slice while `on`, and what there is to say until it is there: that the worker
 * was asked, or why it does not come. Off and on again asks anew.
 */
export function useHeatmap(
  slice: Pick<SliceView, "id" | "prediction">,
  on: boolean,
  request: RequestHeatmap,
): { heatmap: Heatmap | null; status: string | null } {
  const [shown, setShown] = useState<Shown | null>(null);
  const waiting = useRef<{ sliceId: string; modelId: string; jobId: string } | null>(null);
  const ask = useRef(request);
  ask.current = request;
  const sliceId = slice.id;
  const modelId = slice.prediction?.modelId ?? null;

  /** Looks whether what is waited for has come, or never will; `told` that it is there, it does not ask for the job. */
  const look = useCallback(async (told = false) => {
    const wanted = waiting.current;
    if (!wanted) return;
    const end = (heatmap: Heatmap | null, status: string | null) => {
      if (waiting.current !== wanted) return;
      waiting.current = null;
      setShown({ sliceId: wanted.sliceId, heatmap, status });
    };
    try {
      // The job first: one that ends after this look is told of by a change.
      const job = told ? null : await readJob(wanted.jobId);
      // A browser writes each address that is not there on its console, as an error.
      if (job?.status === "WAITING" || job?.status === "RUNNING") return;
      const heatmap = await fetchHeatmap(wanted.sliceId, wanted.modelId);
      if (heatmap) end(heatmap, null);
      else if (job) {
        const sentence = whyNot(job);
        if (sentence) end(null, sentence);
      }
    } catch {
      // The server is away for a moment: the next change or poll looks again.
    }
  }, []);

  useEffect(() => {
    if (!on) return;
    let left = false;
    const show = (heatmap: Heatmap | null, status: string | null) => {
      if (!left) setShown({ sliceId, heatmap, status });
    };
    const start = async () => {
      try {
        const outcome = await ask.current({ sliceId });
        if (left) return;
        if (!outcome.ok) return show(null, outcome.message);
        const asked = outcome.data;
        if (asked.state === "ready") {
          const heatmap =
            loadedHeatmap(sliceId, asked.modelId) ?? (await fetchHeatmap(sliceId, asked.modelId));
          return show(heatmap, heatmap ? null : "The heatmap could not be loaded.");
        }
        waiting.current = { sliceId, modelId: asked.modelId, jobId: asked.jobId };
        // It may have ended before anybody listened for it.
        await look();
      } catch (error) {
        show(null, sentenceOf(error));
      }
    };

    const known = modelId && loadedHeatmap(sliceId, modelId);
    let rest: ReturnType<typeof setTimeout> | undefined;
    if (known) show(known, null);
    else if (!modelId) show(null, "This slice has no prediction yet, so there is nothing to explain.");
    else {
      show(null, "Asking the worker…");
      rest = setTimeout(start, restMs);
    }
    return () => {
      left = true;
      clearTimeout(rest);
      waiting.current = null;
    };
  }, [on, sliceId, modelId, look]);

  useChanges((change) => {
    const wanted = waiting.current;
    if (!wanted) return;
    const told = change?.topic === "heatmap" && change.id === wanted.sliceId;
    if (told || !change || (change.topic === "job" && change.id === wanted.jobId)) void look(told);
  });

  // Between a change of slice and the effect after it, the state is still the last slice's.
  if (!on || shown?.sliceId !== sliceId) return { heatmap: null, status: null };
  return { heatmap: shown.heatmap, status: shown.status };
}

async function readJob(jobId: string): Promise<JobView | null> {
  const response = await fetch(`/api/jobs/${jobId}`);
  return response.ok ? ((await response.json()) as JobView) : null;
}

/** Why a job that has ended left no heatmap; null while it may still come. */
function whyNot({ status, error }: JobView): string | null {
  if (status === "FAILED") return `The heatmap could not be made. ${error ?? ""}`.trim();
  if (status === "CANCELLED") return "Making the heatmap was cancelled.";
  return status === "DONE" ? "The heatmap could not be loaded." : null;
}

const sentenceOf = (error: unknown) =>
  error instanceof Error && error.message.startsWith("The heatmap")
    ? error.message
    : "The server could not be reached. Switch the heatmap off and on to try again.";
