import type { Draft } from "./draft";

/** What the server said of a draft that was sent to it. */
export type DraftAnswer =
  /** It has this revision now. */
  | { kind: "kept"; revision: number }
  /** The draft has become a label already. */
  | { kind: "saved" }
  /** The same person draws on this slice elsewhere. */
  | { kind: "elsewhere" }
  | { kind: "signed-out" }
  /** The server refuses it, in these words. */
  | { kind: "refused"; message: string }
  | { kind: "unreachable" };

/** Where the latest change of a draft is. */
export type DraftPlace =
  | "here"
  | "sending"
  | "server"
  | "unreachable"
  | "signed-out"
  | "elsewhere"
  | "refused";

/** After a change the server is told once the hand rests this long, and after `longestMs` however busy it is. */
const restMs = 800;
const longestMs = 1_500;
const firstRetryMs = 2_000;
const lastRetryMs = 30_000;

interface Options {
  send(draft: Draft): Promise<DraftAnswer>;
  onPlace(sliceId: string, place: DraftPlace, message?: string): void;
  /** The draft has become a label: there is nothing more to keep. */
  onSaved(sliceId: string): void;
}

interface Pending {
  draft: Draft;
  /** When the oldest change that was not sent was made. */
  since: number | null;
  sending: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  retryMs: number;
  /** Ends when no request is under way. */
  request: Promise<void>;
}

/**
 * Sends drafts to the server, one request at a time for each slice, the latest state of the draft alone: within 2 s of
 * a change where the server can be reached, and again after ever longer waits where it cannot.
 */
export function createDraftSync({ send, onPlace, onSaved }: Options) {
  const pending = new Map<string, Pending>();

  const schedule = (sliceId: string, waitMs: number) => {
    const one = pending.get(sliceId);
    if (!one || one.sending) return;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => deliver(sliceId), waitMs);
  };

  function deliver(sliceId: string) {
    const one = pending.get(sliceId);
    if (!one || one.sending || one.since === null) return;
    clearTimeout(one.timer);
    one.sending = true;
    one.since = null;
    onPlace(sliceId, "sending");
    one.request = request(sliceId, one, one.draft);
  }

  async function request(sliceId: string, one: Pending, draft: Draft) {
    const answer = await send(draft).catch((): DraftAnswer => ({ kind: "unreachable" }));
    if (pending.get(sliceId) !== one) return;
    one.sending = false;
    settle(one, draft, answer);
  }

  function settle(one: Pending, sent: Draft, answer: DraftAnswer) {
    const { sliceId } = sent;
    switch (answer.kind) {
      case "saved":
        pending.delete(sliceId);
        return onSaved(sliceId);
      case "kept":
        one.retryMs = firstRetryMs;
        // A higher revision is another window's, with this very draft.
        if (answer.revision > sent.revision) return onPlace(sliceId, "elsewhere");
        if (one.since === null) return onPlace(sliceId, "server");
        return schedule(sliceId, restMs);
      case "unreachable":
      case "signed-out":
        one.since ??= sent.changedAt;
        onPlace(sliceId, answer.kind);
        schedule(sliceId, one.retryMs);
        one.retryMs = Math.min(lastRetryMs, one.retryMs * 2);
        return;
      case "elsewhere":
        return onPlace(sliceId, "elsewhere");
      case "refused":
        return onPlace(sliceId, "refused", answer.message);
    }
  }

  return {
    /** The draft has changed; `now` in milliseconds since 1970. */
    changed(draft: Draft, now: number): void {
      const { sliceId } = draft;
      const before = pending.get(sliceId);
      const one: Pending = before ?? {
        draft,
        since: null,
        sending: false,
        timer: undefined,
        retryMs: firstRetryMs,
        request: Promise.resolve(),
      };
      one.draft = draft;
      one.since ??= now;
      pending.set(sliceId, one);
      if (!one.sending) onPlace(sliceId, "here");
      schedule(sliceId, Math.max(0, Math.min(restMs, one.since + longestMs - now)));
    },
    /** Sends at once what waits: the page is about to go, or the network is back. */
    flush(): void {
      for (const [sliceId, one] of pending) {
        one.retryMs = firstRetryMs;
        deliver(sliceId);
      }
    },
    /** Nothing more of this slice is sent. Ends when what was under way has arrived; its answer changes nothing. */
    async forget(sliceId: string): Promise<void> {
      const one = pending.get(sliceId);
      clearTimeout(one?.timer);
      pending.delete(sliceId);
      await one?.request;
    },
    /** Stops all timers; what was not sent stays in the journal. */
    close(): void {
      for (const one of pending.values()) clearTimeout(one.timer);
      pending.clear();
    },
  };
}
export type DraftSync = ReturnType<typeof createDraftSync>;
