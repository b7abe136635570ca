import { memo } from "react";
import { perCent } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";
import { drawnShape, labelState, labelStateShapes, sliceName } from "../label/label-state";

const stateColours = {
  unlabelled: "text-muted",
  predicted: "text-ai",
  imported: "text-text",
  changed: "text-human",
  confirmed: "text-human",
  agreed: "text-ok",
} as const;

interface Props {
  slice: SliceView;
  index: number;
  current: boolean;
  /** Has strokes that are not a label yet. */
  drawn: boolean;
  onSelect(index: number): void;
}

/** A slice of the strip. Drawn again only where something of it changes: of 500, a step through the study changes two. */
export const StripItem = memo(function StripItem({ slice, index, current, drawn, onSelect }: Props) {
  const { prediction, flags } = slice;
  const state = labelState(slice);
  const name = sliceName(slice, drawn);
  return (
    <button
      type="button"
      aria-label={name}
      aria-current={current ? "true" : undefined}
      tabIndex={current ? 0 : -1}
      title={name}
      onClick={() => onSelect(index)}
      className={`block w-[70px] cursor-pointer rounded border p-px text-left text-[10px] leading-[13px] tabular-nums ${current ? "border-accent bg-panel2" : "border-transparent hover:border-line"}`}
    >
      <span className="relative block h-[56px] overflow-hidden rounded-sm bg-black">
        {/* biome-ignore lint/performance/noImgElement: thumbnails are small, immutable and already sized */}
        <img
          src={`/api/slices/${slice.id}/thumbnail`}
          alt=""
          loading="lazy"
          decoding="async"
          className="size-full object-contain"
        />
        <span className="absolute left-0.5 top-0 text-[11px] text-white [text-shadow:0_0_2px_#000,0_0_2px_#000]">
          {slice.position}
        </span>
        {flags.length > 0 && (
          <span className="absolute right-0.5 top-0 rounded-sm bg-black/70 px-0.5 text-[12px] text-flag">
            {labelStateShapes.flagged}
          </span>
        )}
      </span>
      <span className="mt-[2px] block h-[12px] bg-[#0d1116]">
        <span
          className="block h-full bg-ai opacity-75"
          style={{ width: `${(prediction?.pTumor ?? 0) * 100}%` }}
        />
      </span>
      <span className="flex justify-between px-px">
        <span className="text-text">{prediction ? prediction.pTumor.toFixed(2) : "–"}</span>
        <span className="text-muted">{prediction && perCent(prediction.confidence)}</span>
      </span>
      {drawn ? (
        <span className="block truncate px-px text-human">{drawnShape} unsaved</span>
      ) : (
        <span className={`block truncate px-px ${stateColours[state]}`}>
          {labelStateShapes[state]} {state}
        </span>
      )}
    </button>
  );
});
