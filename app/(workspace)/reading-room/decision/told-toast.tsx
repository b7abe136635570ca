import { useEffect } from "react";
import { useRoom, useRoomItself } from "../use-room";

const shownMs = 12_000;

/** What has just been saved or undone, over the pictures, with the way back. */
export function ToldToast() {
  const room = useRoomItself();
  const told = useRoom(({ now }) => now.told);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => room.run("close-told"), shownMs);
    return () => clearTimeout(timer);
  }, [room, told]);
  return (
    <div
      role="status"
      aria-label="Last decision"
      className="pointer-events-none absolute inset-x-0 bottom-7 flex justify-center px-3"
    >
      {told && (
        <p className="pointer-events-auto flex max-w-full items-center gap-3 rounded-md border border-edge bg-panel px-3 py-1.5 text-[13px] shadow-2xl">
          <span className="min-w-0 break-words">{told.words}</span>
          {told.takesBack && <TakeBack takesBack={told.takesBack} />}
        </p>
      )}
    </div>
  );
}

function TakeBack({ takesBack }: { takesBack: { labelId: string; verb: "Undo" | "Redo" } }) {
  const room = useRoomItself();
  const { verb } = takesBack;
  return (
    <button
      type="button"
      className="shrink-0 cursor-pointer rounded border border-edge px-1.5 text-accent hover:border-muted"
      onClick={() => room.run("take-back", takesBack)}
    >
      {verb} <kbd>{verb === "Undo" ? "Ctrl Z" : "Ctrl Y"}</kbd>
    </button>
  );
}
