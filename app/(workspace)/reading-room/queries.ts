import type { QueryClient } from "@tanstack/react-query";
import type { Change } from "@/app/_client/changes";
import { type AsJson, getJson, postJson, Refused } from "@/app/_client/request";
import type { OrConflict } from "@/app/_server/or-conflict";
import { type QueueFilter, queueQuery } from "@/app/_ui/queue-href";
import type { QueuePlace } from "@/lib/features/flags/schema";
import type { DecisionRow, StudyDrafts, UndoneDecision } from "@/lib/features/labels/schema";
import type { HeatmapView } from "@/lib/features/predictions/heatmap-schema";
import type { ProtocolView } from "@/lib/features/protocol/schema";
import type { LabelUse } from "@/lib/features/snapshots/schema";
import type { StudyView } from "@/lib/features/studies/schema";
import type { JobView } from "@/lib/records/job-view";
import type { LabelView } from "@/lib/records/label-view";
import type { SlicePlace } from "@/lib/records/slice-place";
import type { Heatmap } from "./room/heatmap";
import type { NextAmong } from "./room/state";

/** What the reading room reads from the server: under which key it is kept, and what makes it out of date. */

/** A study is a large answer: where nothing can be told of, it is read again seldom. */
const studyPollMs = 20_000;

export function studyQuery(studyId: string, sliceIds: ReadonlySet<string>) {
  return {
    queryKey: ["study", studyId],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<StudyView> => {
      const study = await getJson<StudyView>(`/api/studies/${studyId}`, signal);
      const slices = study.slices.map((slice) => ({
        ...slice,
        label: slice.label && labelOf(slice.label),
      }));
      return { ...study, slices };
    },
    meta: {
      pollMs: studyPollMs,
      concerns: ({ topic, id }: Change) =>
        topic === "production" ||
        (topic === "prediction" && id === studyId) ||
        (topic === "label" && sliceIds.has(id)),
    },
  };
}

export function draftsQuery(studyId: string, sliceIds: ReadonlySet<string>) {
  return {
    queryKey: ["drafts", studyId],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<StudyDrafts> => {
      const { own, others } = await getJson<StudyDrafts>(`/api/studies/${studyId}/drafts`, signal);
      return { own: own.map(dated), others: others.map(dated) };
    },
    meta: { concerns: ({ topic, id }: Change) => topic === "draft" && sliceIds.has(id) },
  };
}

/** Every version of a slice's label, newest first; `version` is the one on the screen. */
export function labelsQuery(sliceId: string, version: number) {
  return {
    queryKey: ["labels", sliceId, version],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<LabelView[]> =>
      (await getJson<LabelView[]>(`/api/slices/${sliceId}/labels`, signal)).map(labelOf),
    meta: { concerns: ({ topic, id }: Change) => topic === "label" && id === sliceId },
  };
}

/** Where the versions of a slice's label were used. */
export function labelUsesQuery(sliceId: string) {
  return {
    queryKey: ["label-uses", sliceId],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<LabelUse[]> =>
      (await getJson<LabelUse[]>(`/api/slices/${sliceId}/label-uses`, signal)).map((use) => ({
        ...use,
        frozenAt: new Date(use.frozenAt),
      })),
    meta: { concerns: ({ topic }: Change) => topic === "run" || topic === "model" },
  };
}

/** Asked for each time: a slice that someone labels anywhere may change the answer. */
export function nextQuery(among: NextAmong, sliceId: string) {
  return {
    queryKey: ["next", among, sliceId],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<SlicePlace | null> =>
      getJson<SlicePlace | null>(`/api/slices/${sliceId}/next-${among}`, signal),
    staleTime: 0,
  };
}

/** Where a slice stands in a queue, as it is now. */
export function readQueuePlace(sliceId: string, filter: QueueFilter): Promise<QueuePlace> {
  const { queue: _queue, ...query } = queueQuery(filter);
  return getJson<QueuePlace>(`/api/slices/${sliceId}/queue?${new URLSearchParams(query)}`);
}

/** Never changes once it is made; until then null, which is asked for again. */
export function heatmapQuery(sliceId: string, modelId: string) {
  return {
    queryKey: ["heatmap", sliceId, modelId],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Heatmap | null> => {
      const made = await getJson<HeatmapView | null>(
        `/api/slices/${sliceId}/heatmap?model=${modelId}`,
        signal,
      ).catch(() => {
        throw new Error("The heatmap could not be loaded.");
      });
      return made && { ...made, sliceId, modelId };
    },
    staleTime: ({ state }: { state: { data: unknown } }) => (state.data ? Number.POSITIVE_INFINITY : 0),
    gcTime: 30 * 60_000,
  };
}

/** The group's annotation protocol; null where none is written. Read each time it is opened. */
export const protocolQuery = {
  queryKey: ["protocol"],
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<AsJson<ProtocolView> | null> =>
    getJson<ProtocolView | null>("/api/protocol", signal),
  refetchOnMount: "always" as const,
};

export function jobOf(jobId: string): Promise<AsJson<JobView>> {
  return getJson<JobView>(`/api/jobs/${jobId}`);
}

/** The versions of a slice's label, read now whatever is known. */
export function readLabels(client: QueryClient, sliceId: string): Promise<LabelView[]> {
  return client.fetchQuery({ ...labelsQuery(sliceId, -1), staleTime: 0, gcTime: 0 });
}

/** Asks a route for a label's next version. Throws `Refused`, also where someone else was faster. */
export async function postLabel(url: string, input: object): Promise<LabelView> {
  return labelOf(await postOrConflict<LabelView>(url, input));
}

/** Asks a route that answers with a conflict where someone else was faster: that is thrown as `Refused`, too. */
async function postOrConflict<Done>(url: string, input: object): Promise<AsJson<Done>> {
  const answer = (await postJson<OrConflict<Done>>(url, input)) as OrConflict<AsJson<Done>>;
  if ("conflict" in answer) throw new Refused("conflict", answer.conflict);
  return answer.done;
}

/** The newest decisions of the person who is signed in, as they are now. */
export async function readMyDecisions(): Promise<DecisionRow[]> {
  const rows = await getJson<DecisionRow[]>("/api/decisions");
  return rows.map((row) => ({ ...row, label: labelOf(row.label) }));
}

/** Takes a decision back. Throws `Refused`, also where the slices were labelled since. */
export async function postUndo(labelId: string, saveId: string): Promise<UndoneDecision> {
  const done = await postOrConflict<UndoneDecision>(`/api/labels/${labelId}/undo`, { saveId });
  return { ...done, undone: done.undone.map((one) => ({ ...one, label: labelOf(one.label) })) };
}

/** A label as it comes through JSON. */
export function labelOf(label: AsJson<LabelView>): LabelView {
  return { ...label, createdAt: new Date(label.createdAt) };
}

function dated<Row extends { updatedAt: string }>(row: Row) {
  return { ...row, updatedAt: new Date(row.updatedAt) };
}
