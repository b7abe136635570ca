"use client";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import { visibleItems } from "../picture/scroll";
import { type StripView, stripCounts, stripNeighbour, stripSlices } from "../room/strip-order";
import { StripItem } from "./strip-item";
import { StripToolbar } from "./strip-toolbar";
import { useFocusInside } from "./use-focus-inside";
import { useSight } from "./use-sight";
import { useStripKeys } from "./use-strip-keys";
import { useUnchanging } from "./use-unchanging";

/** CSS pixels. */
const itemWidth = 72;
const noDrafts: ReadonlySet<string> = new Set();

interface Props {
  slices: readonly SliceView[];
  index: number;
  view: StripView;
  onView(view: StripView): void;
  /** Ids of slices with strokes that are not a label yet. */
  drafts?: ReadonlySet<string>;
  onSelect(index: number): void;
}

/**
 * The slices of the study in a row, in the order and with the filter of `view`: thumbnail, P(tumor), confidence, where
 * the label stands. Only those in sight are drawn; the current one is pinned to the left where the filter leaves it out.
 */
export function SliceStrip({ slices, index, view, onView, drafts = noDrafts, onSelect }: Props) {
  const strip = useRef<HTMLElement>(null);
  const row = useRef<HTMLDivElement>(null);
  const counts = useMemo(() => stripCounts(slices), [slices]);
  const shown = useMemo(() => stripSlices(slices, view), [slices, view]);
  const place = useMemo(() => shown.indexOf(index), [shown, index]);
  const sight = useSight(row);
  const { first, end } = visibleItems(sight.scrolled, sight.width, itemWidth, shown.length);
  const select = useUnchanging(onSelect);
  useStripKeys(strip, (move) => {
    if (typeof move === "number") onSelect(stripNeighbour(slices, view, index, move));
    else onSelect((move === "first" ? shown[0] : shown.at(-1)) ?? index);
  });

  useLayoutEffect(() => {
    const node = row.current;
    if (!node || place < 0) return;
    const left = place * itemWidth;
    const inSight = left >= node.scrollLeft && left + itemWidth <= node.scrollLeft + node.clientWidth;
    if (!inSight) node.scrollLeft = left - (node.clientWidth - itemWidth) / 2;
  }, [place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its beginning, where nothing else says where
  useLayoutEffect(() => {
    if (row.current && place < 0) row.current.scrollLeft = 0;
  }, [view]);

  const focusInside = useFocusInside(strip);
  // Where the keyboard is in the strip, it goes with the slice.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the item may come into being by the scroll above
  useEffect(() => {
    if (!focusInside.current) return;
    strip.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true });
  }, [index, place, first, end]);

  const item = (at: number) => {
    const slice = slices[at]!;
    return (
      <StripItem
        slice={slice}
        index={at}
        current={at === index}
        drawn={drafts.has(slice.id)}
        onSelect={select}
      />
    );
  };
  const leftOut = place < 0 ? slices[index] : undefined;
  return (
    <div className="border-t border-line bg-panel">
      <StripToolbar
        view={view}
        counts={counts}
        onView={onView}
        note={leftOut ? `slice ${leftOut.position} is not in this list` : null}
      />
      <nav ref={strip} aria-label="Slices" className="flex px-2 pb-1">
        {leftOut && (
          <div className="mr-2 shrink-0 border-r border-dashed border-edge pr-2">{item(index)}</div>
        )}
        <div
          ref={row}
          className="min-w-0 flex-1 overflow-x-auto overflow-y-hidden [scrollbar-color:var(--color-line)_transparent] [scrollbar-width:thin]"
        >
          <ol className="relative h-[116px]" style={{ width: shown.length * itemWidth }}>
            {shown.slice(first, end).map((at, offset) => (
              <li
                key={slices[at]!.id}
                className="absolute top-0"
                style={{ left: (first + offset) * itemWidth }}
              >
                {item(at)}
              </li>
            ))}
          </ol>
          {shown.length === 0 && (
            <p className="-mt-[116px] grid h-[116px] place-content-center text-muted">
              No slice is {view.filter}.
            </p>
          )}
        </div>
      </nav>
    </div>
  );
}
