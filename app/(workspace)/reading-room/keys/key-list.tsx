"use client";
import { useMemo } from "react";
import { differsFromUs, keyList, mouseList } from "../room/commands";
import { useKeyboardLayout } from "./use-keyboard-layout";

/** Every key of the reading room, by the letters of this keyboard, and what the mouse does: from the table of commands. */
export function KeyList({ headings: Heading = "h2" }: { headings?: "h2" | "h3" }) {
  const layout = useKeyboardLayout();
  const list = useMemo(() => [...keyList(layout), { group: "Mouse", rows: mouseList }], [layout]);
  return (
    <>
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
          <section key={group} aria-label={group} className="mb-3 break-inside-avoid">
            <Heading className="mb-1 text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
              {group}
            </Heading>
            <dl className="grid grid-cols-[fit-content(50%)_1fr] gap-x-3 gap-y-0.5">
              {rows.map(({ keys, does }) => (
                <div key={keys} className="col-span-2 grid grid-cols-subgrid items-baseline">
                  <dt>
                    <kbd className="rounded border border-b-2 border-line bg-panel2 px-1.5 font-mono text-[11px] text-muted">
                      {keys}
                    </kbd>
                  </dt>
                  <dd className="text-[13px]">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
