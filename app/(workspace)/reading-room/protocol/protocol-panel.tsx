import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { MarkdownText } from "@/app/_ui/markdown";
import { Time } from "@/app/_ui/time";
import { protocolQuery } from "../queries";
import { useRoomItself } from "../use-room";

/**
 * The group's protocol over the left part of the pictures: a key stores what its button says, so the decisions stay in
 * sight. It owns the keys while it has the focus, so that none of them decides
 * anything; Escape closes it. It is no dialog: at the pictures the room's keys go on.
 */
export function ProtocolPanel() {
  const room = useRoomItself();
  const panel = useRef<HTMLElement>(null);
  const { data: protocol, error } = useQuery(protocolQuery);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  const close = () => {
    room.run("protocol");
    room.run("focus-pictures");
  };
  return (
    <section
      ref={panel}
      aria-label="Annotation protocol"
      data-own-keys
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by key
      tabIndex={0}
      onKeyDown={(event) => event.key === "Escape" && close()}
      className="absolute inset-y-0 left-0 z-20 w-[min(420px,55%)] overflow-y-auto border-r border-edge bg-panel2 px-3 pb-3 text-[13px] shadow-2xl focus-visible:-outline-offset-2"
    >
      <div className="sticky top-0 flex items-center justify-between gap-2 bg-panel2 py-2">
        <h2 className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
          Annotation protocol
        </h2>
        <button
          type="button"
          aria-label="Close the protocol (Esc)"
          title="Close (Esc)"
          className="cursor-pointer rounded p-1 text-muted hover:text-text"
          onClick={close}
        >
          <X aria-hidden="true" size={15} />
        </button>
      </div>
      {error && <p role="alert">{error.message}</p>}
      {!error && protocol === undefined && <p className="text-muted">Loading…</p>}
      {!error && protocol === null && (
        <p className="text-muted">
          No protocol is written yet. An administrator writes it on the page Protocol.
        </p>
      )}
      {protocol && (
        <>
          <MarkdownText text={protocol.text} />
          <p className="mt-3 text-muted">
            Version {protocol.version}, {protocol.author ?? "the system"}, <Time at={protocol.createdAt} />
          </p>
        </>
      )}
    </section>
  );
}
