import { Toolbar } from "../keys/toolbar";
import { useCommand } from "../keys/use-command";
import { isAnyHidden, reviewCounted, stripCounted } from "../room/selectors";
import { stripFilters, stripOrders } from "../room/strip-order";
import { useRoom, useRoomItself } from "../use-room";
import { UnsavedList } from "./unsaved-list";

const orderWords = { position: "position", pTumor: "P(tumor)", doubt: "uncertainty" } as const;
const orderTitles = {
  position: "By slice number",
  pTumor: "By P(tumor), highest first",
  doubt: "By confidence, lowest first",
} as const;
const filterWords = {
  all: "all",
  flagged: "flagged",
  changed: "changed",
  disagreeing: "label differs from model",
} as const;
const filterTitles = {
  all: "Every slice",
  flagged: "Flagged slices",
  changed: "Slices whose label is neither the import’s nor the model’s",
  disagreeing: "Slices whose label has another class than the model’s prediction",
} as const;

const choice =
  "cursor-pointer rounded px-1.5 leading-[18px] whitespace-nowrap text-muted hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";

/** Order and filter of the strip, what must be said of the current slice, and the switch of the slices. Buttons and not lists of choices: a list would take the letter keys. */
export function StripToolbar({ note }: { note: string | null }) {
  const room = useRoomItself();
  const view = useRoom((state) => state.view.strip);
  const counts = useRoom(stripCounted);
  const { reviewed, changed } = useRoom(reviewCounted);
  const readsBlind = useRoom(isAnyHidden);
  return (
    <Toolbar
      label="Strip of slices"
      className="flex h-6 items-center gap-0.5 overflow-hidden px-2 text-[11px]"
    >
      <span className="pr-1 text-muted">Order</span>
      {stripOrders.map((order) => (
        <button
          key={order}
          type="button"
          className={choice}
          aria-pressed={view.order === order}
          title={orderTitles[order]}
          onClick={() => room.run("set-strip", { ...view, order })}
        >
          {orderWords[order]}
        </button>
      ))}
      <span aria-hidden="true" className="mx-2 h-3.5 border-l border-line" />
      <span className="pr-1 text-muted">Show</span>
      {stripFilters.map((filter) => (
        <button
          key={filter}
          type="button"
          className={choice}
          aria-pressed={view.filter === filter}
          title={filterTitles[filter]}
          onClick={() => room.run("set-strip", { ...view, filter })}
        >
          {filterWords[filter]}{" "}
          {readsBlind && (filter === "flagged" || filter === "disagreeing") ? (
            <span title="Hidden until each slice is decided on">hidden</span>
          ) : (
            <span className="text-text">{counts[filter]}</span>
          )}
        </button>
      ))}
      <span className="pl-3 whitespace-nowrap text-muted">
        {reviewed} reviewed, {changed} changed
      </span>
      <span role="status" className="truncate pl-3 text-flag">
        {note && `▲ ${note}`}
      </span>
      <span className="flex-1" />
      <UnsavedList />
      <OpenButton />
    </Toolbar>
  );
}

/** Hides the slices, so that pictures and decision have the room; shows them again. */
function OpenButton() {
  const { title, shownKey, ariaKeys, run } = useCommand("strip");
  const isOpen = useRoom(({ view }) => view.stripOpen);
  return (
    <button
      type="button"
      className={choice}
      aria-label={title}
      aria-expanded={isOpen}
      aria-keyshortcuts={ariaKeys}
      title={title}
      onClick={run}
    >
      {isOpen ? "▾ Hide" : "▴ Show"} <kbd>{shownKey}</kbd>
    </button>
  );
}
