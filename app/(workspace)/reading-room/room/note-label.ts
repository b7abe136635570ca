import type { StudyView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import type { Core } from "./core";
import { merge } from "./merge";
import type { Ports } from "./ports";

/** A label of a slice became known; `byMe` where this reader has just saved it. */
export function noteLabel(
  core: Pick<Core, "get" | "put" | "ports" | "refreshStudy">,
  sliceId: string,
  label: LabelView,
  byMe: boolean,
): void {
  const { study, ownLabelIds } = core.get().server;
  if (byMe) core.ports.ownLabels.set(sliceId, label);
  core.put("server", {
    study: merge(study, { source: "reader", sliceId, label }),
    ownLabelIds: byMe ? new Set(ownLabelIds).add(label.id) : ownLabelIds,
  });
  // Flags follow labels on the server.
  core.refreshStudy();
}

/** A study with what this reader has saved in it since the server made its page: that may have been fetched ahead. */
export function withOwnLabels(study: StudyView, ownLabels: Ports["ownLabels"]): StudyView {
  return study.slices.reduce((known, { id: sliceId }) => {
    const label = ownLabels.get(sliceId);
    return label ? merge(known, { source: "reader", sliceId, label }) : known;
  }, study);
}
