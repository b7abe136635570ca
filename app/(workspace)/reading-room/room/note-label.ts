import type { LabelView } from "@/lib/records/label-view";
import type { Core } from "./core";
import { merge } from "./merge";

/** A label of a slice became known; `byMe` where this reader has just saved it. */
export function noteLabel(
  core: Pick<Core, "get" | "put" | "refreshStudy">,
  sliceId: string,
  label: LabelView,
  byMe: boolean,
): void {
  const { study, ownLabelIds } = core.get().server;
  core.put("server", {
    study: merge(study, { source: "reader", sliceId, label }),
    ownLabelIds: byMe ? new Set(ownLabelIds).add(label.id) : ownLabelIds,
  });
  // Flags follow labels on the server.
  core.refreshStudy();
}
