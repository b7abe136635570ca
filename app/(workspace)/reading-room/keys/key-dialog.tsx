"use client";
import { useEffect, useMemo, useRef } from "react";
import { differsFromUs, keyList, mouseList } from "../room/commands";
import { useRoom, useRoomItself } from "../use-room";
import { useKeyboardLayout } from "./use-keyboard-layout";

/** The list of keys and of what the mouse does. */
export function KeyDialog() {
  const room = useRoomItself();
  const open = useRoom(({ now }) => now.keysOpen);
  const letterKeys = useRoom(({ view }) => view.letterKeys);
  const layout = useKeyboardLayout(open);
  const list = useMemo(() => [...keyList(layout), { group: "Mouse", rows: mouseList }], [layout]);
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
      {layout === null && (
        <p className="mb-3 text-[13px] text-muted">
          On a keyboard without Latin letters, a key counts by its place: press the key where a US keyboard
          has the letter.
        </p>
      )}
      {layout && differsFromUs(layout) && (
        <p className="mb-3 text-[13px] text-muted">
          This list shows your keyboard’s own keys. Buttons show the letter of a US keyboard.
        </p>
      )}
      <div className="columns-1 gap-x-8 sm:columns-2 lg:columns-3">
        {list.map(({ group, rows }) => (
          <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-[11px] font-semibold tracking-[.08em] text-muted uppercase">{group}</h3>
            <dl className="grid gap-y-1">
              {rows.map(({ keys, does }) => (
                <div key={keys} className="flex items-baseline justify-between gap-4">
                  <dt className="shrink-0">
                    <kbd className="rounded border border-b-2 border-line bg-panel2 px-1.5 font-mono text-[11px] text-muted">
                      {keys}
                    </kbd>
                  </dt>
                  <dd className="text-right text-[13px]">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
