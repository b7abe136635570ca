import { keyList, mouseList } from "../room/commands";

/** Every key of the reading room and what the mouse does on a picture, from the table of commands. */
export function KeyList() {
  return (
    <div className="columns-1 gap-x-8 sm:columns-2 lg:columns-3">
      {[...keyList, { group: "Mouse", rows: mouseList }].map(({ group, rows }) => (
        <section key={group} aria-label={group} className="mb-3 break-inside-avoid">
          <h2 className="mb-1 text-[11px] font-semibold tracking-[.08em] text-muted uppercase">{group}</h2>
          <dl className="grid gap-y-0.5">
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
  );
}
