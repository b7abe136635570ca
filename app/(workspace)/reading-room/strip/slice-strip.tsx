"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { draftedSlices, slicesOf, stripShown } from "../room/selectors";
import type { StripFilter, StripView } from "../room/strip-order";
import { useRoom, useRoomItself } from "../use-room";
import { StripItem } from "./strip-item";
import { StripToolbar } from "./strip-toolbar";
import { useFocusInside } from "./use-focus-inside";
import { useSight } from "./use-sight";
import { useStripKeys } from "./use-strip-keys";
import { visibleItems } from "./visible-items";

/** CSS pixels. */
const itemWidth = 72;

const emptyWords: Record<StripFilter, string> = {
  all: "No slice.",
  flagged: "No slice is flagged.",
  changed: "No slice has a changed label.",
  disagreeing: "No label differs from the model.",
};

/** The strip: its toolbar, and below it the slices of the study, which a key hides. */
export function SliceStrip() {
  const isOpen = useRoom(({ view }) => view.stripOpen);
  const slices = useRoom(slicesOf);
  const index = useRoom(({ view }) => view.index);
  const isListed = useRoom(stripShown).includes(index);
  const room = useRoomItself();
  // What had the focus may be gone with the slices.
  useEffect(() => {
    if (!isOpen && document.activeElement === document.body) room.run("focus-pictures");
  }, [isOpen, room]);
  return (
    <div data-room-part="strip" className="border-t border-line bg-panel">
      <StripToolbar note={isListed ? null : `slice ${slices[index]!.position} is not in this list`} />
      {isOpen && <StripSlices />}
    </div>
  );
}

/**
 * The slices in a row, in the order and with the filter that are set: thumbnail, P(tumor), confidence, where the label
 * stands. Only those in sight are drawn; the current one is pinned to the left where the filter leaves it out.
 */
function StripSlices() {
  const room = useRoomItself();
  const slices = useRoom(slicesOf);
  const index = useRoom(({ view }) => view.index);
  const view = useRoom((state) => state.view.strip);
  const shown = useRoom(stripShown);
  const drafts = useRoom(draftedSlices);
  const strip = useRef<HTMLElement>(null);
  const row = useRef<HTMLDivElement>(null);
  const place = shown.indexOf(index);
  const sight = useSight(row);
  const { first, end } = visibleItems(sight.scrolled, sight.width, itemWidth, shown.length);
  useStripKeys(strip);
  useScroll(row, place, view);

  const focusInside = useFocusInside(strip);
  // Where the current item is drawn; null while it is not, until the scroll brings it into sight.
  const isDrawn = place < 0 || (place >= first && place < end);
  const spot = isDrawn ? `${index} ${place < 0 ? "pinned" : "listed"}` : null;
  // Where the keyboard is in the strip, it goes with the slice.
  useEffect(() => {
    if (spot === null || !focusInside.current) return;
    strip.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true });
  }, [spot, focusInside]);

  const [goTo] = useState(() => (at: number) => room.run("go-to", at));
  const item = (at: number) => {
    const slice = slices[at]!;
    return (
      <StripItem
        slice={slice}
        index={at}
        current={at === index}
        drawn={drafts.has(slice.id)}
        onSelect={goTo}
      />
    );
  };
  const leftOut = place < 0 ? slices[index] : undefined;
  return (
    <nav ref={strip} data-room-keys aria-label="Slices" className="flex px-2 pb-1">
      {leftOut && <div className="mr-2 shrink-0 border-r border-dashed border-edge pr-2">{item(index)}</div>}
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
            {emptyWords[view.filter]}
          </p>
        )}
      </div>
    </nav>
  );
}

/** Keeps the current item in sight; another list without it begins at its beginning, where nothing else says where. */
function useScroll(row: RefObject<HTMLElement | null>, place: number, view: StripView) {
  const listed = useRef(view);
  useLayoutEffect(() => {
    const node = row.current;
    const isOther = listed.current !== view;
    listed.current = view;
    if (!node) return;
    if (place < 0) {
      if (isOther) node.scrollLeft = 0;
      return;
    }
    const left = place * itemWidth;
    const inSight = left >= node.scrollLeft && left + itemWidth <= node.scrollLeft + node.clientWidth;
    if (!inSight) node.scrollLeft = left - (node.clientWidth - itemWidth) / 2;
  }, [row, place, view]);
}
