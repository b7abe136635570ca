import { unsavedSlices } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

/** As many as the row has room for are named; the others are counted. */
const named = 2;

/** Slices with a drawing or a decision that the server does not have as a label yet; each leads there. */
export function UnsavedList() {
  const room = useRoomItself();
  const unsaved = useRoom(unsavedSlices);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in the toolbar's row
    <span role="group" aria-label="Not saved" className="flex shrink-0 items-center">
      {unsaved.slice(0, named).map(({ sliceId, position, kind }) => (
        <button
          key={`${sliceId} ${kind}`}
          type="button"
          aria-label={`Slice ${position}: ${kind} not saved`}
          className={`rounded-[5px] px-1.5 leading-[18px] whitespace-nowrap hover:underline ${kind === "drawing" ? "text-human" : "text-flag"}`}
          onClick={() => room.run("go-to-slice", sliceId)}
        >
          {kind === "drawing" ? "✎" : "▲"} Slice {position}: {kind} not saved
        </button>
      ))}
      {unsaved.length > named && (
        <span className="px-1 whitespace-nowrap text-muted">and {unsaved.length - named} more</span>
      )}
    </span>
  );
}
