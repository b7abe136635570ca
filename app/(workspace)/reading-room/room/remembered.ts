import { defaultToolSettings, largestTolerance, type ToolSettings } from "./drawing/tools";
import type { Page } from "./ports";
import type { RoomState } from "./state";

/** What this browser remembers of how a person likes to work. */

const toolsKey = "sulcus.tools";
const afterDecisionKey = "sulcus.after-decision";
const queueAdvancesKey = "sulcus.queue-advances";
const letterKeysKey = "sulcus.letter-keys";
const stripKey = "sulcus.strip";

type Liked = Pick<
  RoomState["view"],
  "toolSettings" | "afterDecision" | "queueAdvances" | "letterKeys" | "stripOpen"
>;

/** What is remembered; what is not, or makes no sense, is as for everyone. */
export function recallView(page: Page): Liked {
  const kept = page.recall(afterDecisionKey);
  return {
    toolSettings: readSettings(page.recall(toolsKey)),
    afterDecision: kept === "flagged" || kept === "unlabelled" ? kept : "stay",
    queueAdvances: page.recall(queueAdvancesKey) !== "off",
    letterKeys: page.recall(letterKeysKey) !== "off",
    stripOpen: page.recall(stripKey) !== "off",
  };
}

export function rememberView(
  page: Page,
  { toolSettings, afterDecision, queueAdvances, letterKeys, stripOpen }: Liked,
): void {
  page.remember(toolsKey, JSON.stringify(toolSettings));
  page.remember(afterDecisionKey, afterDecision);
  page.remember(queueAdvancesKey, queueAdvances ? "on" : "off");
  page.remember(letterKeysKey, letterKeys ? "on" : "off");
  page.remember(stripKey, stripOpen ? "on" : "off");
}

function readSettings(kept: string | null): ToolSettings {
  const { radius, tolerance } = parsed(kept);
  return {
    radius: typeof radius === "number" && radius >= 0.5 && radius <= 40 ? radius : defaultToolSettings.radius,
    tolerance:
      typeof tolerance === "number" && tolerance >= 0 && tolerance <= largestTolerance
        ? tolerance
        : defaultToolSettings.tolerance,
  };
}

function parsed(kept: string | null): Partial<Record<keyof ToolSettings, unknown>> {
  try {
    return (JSON.parse(kept ?? "{}") ?? {}) as Partial<Record<keyof ToolSettings, unknown>>;
  } catch {
    return {};
  }
}
