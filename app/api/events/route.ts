import { z } from "zod";
import { route } from "@/app/_server/route";
import { watchChanges } from "@/lib/features/jobs/watch-changes";
import type { Actor } from "@/lib/records/access";

export const dynamic = "force-dynamic";

/** Proxies close a silent connection after a minute or less. */
const heartbeatMs = 15_000;
/** A stream outlives no account for longer: the browser connects again, and is asked again who it is. */
const streamMs = 5 * 60_000;

const encoder = new TextEncoder();
const openStreams = new Set<() => void>();
// An open stream would keep the server from stopping.
process.once("SIGTERM", () => {
  for (const close of [...openStreams]) close();
});

/** Server-sent events `{topic, id}`: which record has changed. */
export const GET = route(z.strictObject({}), async (actor, _input, request) => {
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => send(actor, request, controller) });
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
});

function send(actor: Actor, request: Request, controller: ReadableStreamDefaultController<Uint8Array>) {
  const write = (text: string) => controller.enqueue(encoder.encode(text));
  const stopWatching = watchChanges(actor, (change) => write(`data: ${JSON.stringify(change)}\n\n`));
  const heartbeat = setInterval(() => write(": alive\n\n"), heartbeatMs);
  const end = setTimeout(close, streamMs);
  openStreams.add(close);
  request.signal.addEventListener("abort", close, { once: true });
  write("retry: 2000\n\n");

  function close() {
    if (!openStreams.delete(close)) return;
    stopWatching();
    clearInterval(heartbeat);
    clearTimeout(end);
    try {
      controller.close();
    } catch {
      // The browser has gone and closed it already.
    }
  }
}
