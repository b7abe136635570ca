import type { HeatmapView } from "@/lib/features/predictions/heatmap-schema";

/** A heatmap and whose it is. */
export interface Heatmap extends HeatmapView {
  sliceId: string;
  modelId: string;
}

/** The strongest cell's strength, for or against, in units of the margin: what full colour stands for. */
export function peakOf({ values }: Pick<HeatmapView, "values">): number {
  return values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
}

/** What the legend says in numbers. */
export interface HeatmapFigures {
  /** Strongest cell, in units of the margin. */
  peak: number;
  /** Sum of the cells that speak for tumor, and of those that speak against it (0 or less). */
  sumFor: number;
  sumAgainst: number;
  /** The strongest cell's share of all that the cells say either way, 0 to 1; null where they say nothing. */
  peakShare: number | null;
}

export function heatmapFigures(heatmap: Pick<HeatmapView, "values">): HeatmapFigures {
  const peak = peakOf(heatmap);
  let [sumFor, sumAgainst] = [0, 0];
  for (const value of heatmap.values) {
    if (value > 0) sumFor += value;
    else sumAgainst += value;
  }
  const all = sumFor - sumAgainst;
  return { peak, sumFor, sumAgainst, peakShare: all > 0 ? peak / all : null };
}

/** Cells at least half as strong as the strongest: they get a sign, since colour alone must not say which way. */
export function signedCells(heatmap: HeatmapView): { row: number; column: number; sign: "+" | "−" }[] {
  const least = peakOf(heatmap) / 2;
  if (least === 0) return [];
  return heatmap.values.flatMap((value, cell) => {
    if (Math.abs(value) < least) return [];
    const row = Math.floor(cell / heatmap.columns);
    return [{ row, column: cell % heatmap.columns, sign: value > 0 ? ("+" as const) : ("−" as const) }];
  });
}
