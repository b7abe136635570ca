"use client";
import { useEffect, useRef } from "react";
import { useRoom, useRoomItself } from "../use-room";
import { KeyList } from "./key-list";

/** The list of keys and of what the mouse does. */
export function KeyDialog() {
  const room = useRoomItself();
  const open = useRoom(({ now }) => now.keysOpen);
  const letterKeys = useRoom(({ view }) => view.letterKeys);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const close = () => room.run("close-keys");
  return (
    <dialog
      ref={dialog}
      aria-labelledby="key-dialog-title"
      onClose={close}
      className="m-auto max-h-[96dvh] w-[min(96vw,1120px)] rounded-lg border border-line bg-panel p-5 text-text shadow-2xl backdrop:bg-black/60"
    >
      <div className="mb-3 flex items-center justify-between">
        <h2 id="key-dialog-title" className="text-base font-semibold">
          Keys
        </h2>
        <button
          type="button"
          className="cursor-pointer rounded-md border border-line bg-panel2 px-3 py-1"
          onClick={close}
        >
          Close
        </button>
      </div>
      <label className="mb-3 flex items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => room.run("set-letter-keys", event.target.checked)}
        />
        Letter keys are on. They work while the pictures (blue frame) or the strip have the focus.
      </label>
      {open && <KeyList headings="h3" />}
    </dialog>
  );
}
