import { useEffect } from "react";
import { useRoom, useRoomItself } from "../use-room";

const shownMs = 12_000;

const toast =
  "pointer-events-auto flex max-w-full items-center gap-3 rounded-md border border-edge bg-panel px-3 py-1.5 text-[13px] shadow-2xl";

/** Over the pictures: what has just been saved or undone, with the way back, and what came of a search for a slice. */
export function ToldToast() {
  const room = useRoomItself();
  const told = useRoom(({ now }) => now.told);
  const patientKey = useRoom(({ server }) => server.study.patientKey);
  const nextMessage = useRoom(({ now }) => now.nextMessage);
  useEffect(() => {
    if (!told && !nextMessage) return;
    const timer = setTimeout(() => room.run("close-told"), shownMs);
    return () => clearTimeout(timer);
  }, [room, told, nextMessage]);
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-7 grid justify-items-center gap-1.5 px-3">
      <div role="status" aria-label="Next slice">
        {nextMessage && <p className={toast}>{nextMessage}</p>}
      </div>
      <div role="status" aria-label="Last decision">
        {told && (
          <p className={toast}>
            <span className="min-w-0 break-words">
              {told.patientKey && told.patientKey !== patientKey && <b>Patient {told.patientKey}. </b>}
              {told.words}
            </span>
            {told.takesBack && <TakeBack takesBack={told.takesBack} />}
          </p>
        )}
      </div>
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
