import { fromBase64 } from "@/lib/features/labels/base64";
import type { LabelView } from "@/lib/records/label-view";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import type { Decision } from "../../label/decisions";

interface Asked {
  decision: Pick<Decision, "labelClass" | "mask">;
  /** As in a save: the drawn mask in base64. */
  drawn: string | null;
}

/**
 * True where a label says what was decided, and its mask is pixel by pixel the drawn one. It may not: where an earlier
 * sending under the same id arrived after all, the server answers with the label of that one.
 *
 * `maskOf` gives the label's mask, `[rows, columns]`; where it rejects, class and area have to do.
 */
export async function holdsDecision(
  label: Pick<LabelView, "labelClass" | "areaPixels">,
  { decision, drawn }: Asked,
  maskOf: () => Promise<Uint8Array>,
): Promise<boolean> {
  if (label.labelClass !== decision.labelClass) return false;
  if (decision.mask === "none") return !label.areaPixels;
  if (decision.mask !== "drawn" || !drawn) return true;
  const { data } = decodeMaskRuns(fromBase64(drawn));
  if (label.areaPixels !== maskArea(data)) return false;
  const stored = await maskOf().catch(() => data);
  return stored.length === data.length && data.every((value, index) => value === stored[index]);
}
