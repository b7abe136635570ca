import type { Core } from "../core";
import { runCine } from "./cine";
import { compareMasks } from "./comparison";
import { linkToSlice } from "./deep-link";
import { followDrawings, showDrawings } from "./drawing";
import { fetchAhead } from "./fetch-ahead";
import { bringHeatmap } from "./heatmap";
import { keepWords } from "./journal";
import { followStudy } from "./live";
import { loadMasks } from "./masks";
import { forgetMessages, rememberLiking, showHints, timeReading } from "./reader";

/** What goes on by itself while a study is open. Each watches the state; none knows another. */
const effects = [
  rememberLiking,
  showHints,
  showDrawings,
  followDrawings,
  followStudy,
  keepWords,
  loadMasks,
  compareMasks,
  bringHeatmap,
  runCine,
  timeReading,
  forgetMessages,
  linkToSlice,
  fetchAhead,
] as const;

/** Starts all of it; returns what ends it. */
export function startEffects(core: Core): () => void {
  const stops = effects.map((start) => start(core));
  return () => {
    for (const stop of stops.reverse()) stop();
  };
}
