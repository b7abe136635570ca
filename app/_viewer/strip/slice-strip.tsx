"use client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import { labelState, labelStateShapes, perCent, sliceName } from "../label/label-state";
import { visibleItems } from "../picture/scroll";

/** CSS pixels. */
const itemWidth = 72;
const stateColours = {
  unlabelled: "text-muted",
  predicted: "text-ai",
  imported: "text-text",
  corrected: "text-human",
  agreed: "text-ok",
} as const;

interface Props {
  slices: readonly SliceView[];
  index: number;
  onSelect(index: number): void;
}

/** Every slice of the study in a row: thumbnail, P(tumor), confidence, where its label stands. Only those in sight are drawn. */
export function SliceStrip({ slices, index, onSelect }: Props) {
  const row = useRef<HTMLElement>(null);
  const [sight, setSight] = useState({ scrolled: 0, width: 1920 });
  const { first, end } = visibleItems(sight.scrolled, sight.width, itemWidth, slices.length);

  useEffect(() => {
    const node = row.current;
    if (!node) return;
    const look = () => setSight({ scrolled: node.scrollLeft, width: node.clientWidth });
    const resized = new ResizeObserver(look);
    resized.observe(node);
    node.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      node.removeEventListener("scroll", look);
    };
  }, []);

  useLayoutEffect(() => {
    const node = row.current;
    if (!node) return;
    const left = index * itemWidth;
    const inSight = left >= node.scrollLeft && left + itemWidth <= node.scrollLeft + node.clientWidth;
    if (!inSight) node.scrollLeft = left - (node.clientWidth - itemWidth) / 2;
  }, [index]);

  // Where the keyboard is in the strip, it goes with the slice.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the item may come into being by the scroll above
  useEffect(() => {
    const node = row.current;
    if (node?.contains(document.activeElement)) {
      node.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true });
    }
  }, [index, first, end]);

  return (
    <nav
      ref={row}
      aria-label="Slices"
      className="overflow-x-auto overflow-y-hidden border-t border-line bg-panel px-2 py-1.5 [scrollbar-color:var(--color-line)_transparent] [scrollbar-width:thin]"
    >
      <ol className="relative h-[116px]" style={{ width: slices.length * itemWidth }}>
        {slices.slice(first, end).map((slice, offset) => (
          <li key={slice.id} className="absolute top-0" style={{ left: (first + offset) * itemWidth }}>
            <StripItem
              slice={slice}
              current={first + offset === index}
              onSelect={() => onSelect(first + offset)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface ItemProps {
  slice: SliceView;
  current: boolean;
  onSelect(): void;
}

function StripItem({ slice, current, onSelect }: ItemProps) {
  const { prediction, flags } = slice;
  const state = labelState(slice);
  return (
    <button
      type="button"
      aria-label={sliceName(slice)}
      aria-current={current ? "true" : undefined}
      tabIndex={current ? 0 : -1}
      title={sliceName(slice)}
      onClick={onSelect}
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
      <span className={`block truncate px-px ${stateColours[state]}`}>
        {labelStateShapes[state]} {state}
      </span>
    </button>
  );
}
