"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { OpenedQueue } from "@/app/_ui/queue-href";
import type { StudyView } from "@/lib/features/studies/schema";
import { browserPorts } from "./browser-ports";
import { DecisionColumn } from "./decision/decision-column";
import { DecisionQuestions } from "./decision/decision-questions";
import { ToldToast } from "./decision/told-toast";
import { DrawingBar } from "./drawing/drawing-bar";
import { ToolRail } from "./drawing/tool-rail";
import { ReaderHints } from "./hints/reader-hints";
import { KeyDialog } from "./keys/key-dialog";
import { sliceName } from "./label/label-state";
import { ProtocolPanel } from "./protocol/protocol-panel";
import { QueueBar } from "./queue/queue-bar";
import type { DraftLimits } from "./room/drawing/merge-strokes";
import { createRoom } from "./room/room";
import { currentSlice, mayLabel } from "./room/selectors";
import type { Actor } from "./room/state";
import { SliceStrip } from "./strip/slice-strip";
import { ViewToolbar } from "./toolbar/view-toolbar";
import { RoomProvider, useRoom } from "./use-room";

/** Cornerstone needs the browser; the room around it is there at once. */
const ViewerGrid = dynamic(() => import("./picture/viewer-grid"), {
  ssr: false,
  loading: () => <div className="min-h-0 bg-black" />,
});

// Cornerstone is large: it is fetched while the room wakes up, not after.
if (typeof window !== "undefined") import("./picture/viewer-grid").catch(() => {});

interface Props {
  /** With one slice at least. */
  study: StudyView;
  initialIndex: number;
  actor: Actor;
  /** The flagged slices that the reader goes through; null for a study that is read by itself. */
  queue: OpenedQueue | null;
  limits: DraftLimits;
  /** The group has written an annotation protocol. */
  hasProtocol: boolean;
}

/** A study on the light box: views, strip, drawing, decision, keys. */
export function StudyRoom({ study, initialIndex, actor, queue, limits, hasProtocol }: Props) {
  const client = useQueryClient();
  const router = useRouter();
  const [room] = useState(() => {
    const sliceIds = new Set(study.slices.map(({ id }) => id));
    const ports = browserPorts({ userId: actor.id, sliceIds, client, router });
    return createRoom({ study, index: initialIndex, actor, queue, limits, ports });
  });
  useEffect(() => room.open(), [room]);
  return (
    <RoomProvider value={room}>
      <div
        onPointerUpCapture={backToPictures}
        className="grid h-full min-h-0 grid-cols-[46px_minmax(0,1fr)_316px] grid-rows-[auto_minmax(0,1fr)_auto] bg-black"
      >
        <h1 className="sr-only">
          Study {study.key} of patient {study.patientKey}
        </h1>
        {queue ? <QueueBar /> : <span className="col-span-3" />}
        <ToolRail />
        <div className="grid min-h-0 min-w-0 grid-rows-[34px_auto_minmax(0,1fr)]">
          <ViewToolbar hasProtocol={hasProtocol} />
          <Bar />
          <div className="relative grid min-h-0 min-w-0">
            <Pictures>
              <ViewerGrid />
              <ToldToast />
            </Pictures>
            <Protocol />
          </div>
        </div>
        <DecisionColumn />
        <div className="col-span-3 min-w-0">
          <SliceStrip />
        </div>
        <SliceStatus />
        <DecisionQuestions />
        <KeyDialog />
        <ReaderHints />
      </div>
    </RoomProvider>
  );
}

function Protocol() {
  return useRoom(({ now }) => now.protocolOpen) && <ProtocolPanel />;
}

/** Letter keys count while this has the focus, which is to be seen. */
function Pictures({ children }: { children: ReactNode }) {
  const pictures = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) pictures.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={pictures}
      aria-label="Pictures"
      data-room-part="pictures"
      data-room-keys
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys are pressed here
      tabIndex={0}
      className="group relative grid min-h-0 min-w-0 focus:outline-none"
    >
      {children}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 hidden border border-ai group-focus:block"
      />
    </section>
  );
}

/** After a click anywhere in the room but in a field or the strip, the keys are the pictures' again. */
function backToPictures({ target, currentTarget }: PointerEvent<HTMLElement>) {
  if (!(target instanceof Element)) return;
  const field = target.closest(
    "textarea, select, input, label, dialog, [role=dialog], a, nav[data-room-keys], [data-own-keys]",
  );
  const isSlider = field instanceof HTMLInputElement && ["range", "radio"].includes(field.type);
  if (field && !isSlider) return;
  currentTarget.querySelector<HTMLElement>(`[data-room-part="pictures"]`)?.focus({ preventScroll: true });
}

function Bar() {
  return useRoom(mayLabel) ? <DrawingBar /> : <span />;
}

/** For those who hear the page. */
function SliceStatus() {
  const slice = useRoom(currentSlice);
  return (
    <p className="sr-only" role="status">
      {sliceName(slice)}
    </p>
  );
}
