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
/** Of the revisions that were sent without an answer, these many of the latest may still turn up. */
const mostUnanswered = 150;

export interface SendOptions {
  /** The person's other draft of this slice that it takes the place of. */
  replaces?: string | undefined;
  /** Revisions of this draft that the server may have from this window; undefined where that is not known. */
  goesOnFrom?: readonly number[] | undefined;
}

interface Options {
  send(draft: Draft, options: SendOptions): Promise<DraftAnswer>;
  onPlace(sliceId: string, place: DraftPlace, message?: string): void;
  /** The draft has become a label: nothing more of it is sent. */
  onSaved(sliceId: string, draftId: string): void;
}

interface Pending {
  draft: Draft;
  replaces: string | undefined;
  /** When the oldest change that was not sent was made. */
  since: number | null;
  /** Requests under way. */
  sending: number;
  /** Another window went on with this very draft: a higher revision from here would overwrite its strokes. */
  overtaken: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  retryMs: number;
  /** Ends when no request is under way. */
  requests: Promise<unknown>;
}

/**
 * Sends drafts to the server, the latest state of each alone and one request at a time for each slice: within 2 s of
 * a change where the server can be reached, and again after ever longer waits where it cannot.
 */
export function createDraftSync({ send, onPlace, onSaved }: Options) {
  const pending = new Map<string, Pending>();
  /** By draft: the revision that the server is known to have, and those sent since, which may have arrived. */
  const goesOnFrom = new Map<string, readonly number[]>();

  const schedule = (sliceId: string, waitMs: number) => {
    const one = pending.get(sliceId);
    if (!one || one.sending > 0) return;
    clearTimeout(one.timer);
    one.timer = setTimeout(() => deliver(sliceId), waitMs);
  };

  function deliver(sliceId: string) {
    const one = pending.get(sliceId);
    if (!one || one.since === null || one.overtaken) return;
    clearTimeout(one.timer);
    one.sending++;
    one.since = null;
    onPlace(sliceId, "sending");
    one.requests = Promise.all([one.requests, request(sliceId, one, one.draft)]);
  }

  async function request(sliceId: string, one: Pending, draft: Draft) {
    const known = goesOnFrom.get(draft.id);
    if (known) goesOnFrom.set(draft.id, [...known.slice(-mostUnanswered), draft.revision]);
    const sent = send(draft, { replaces: one.replaces, goesOnFrom: known });
    const answer = await sent.catch((): DraftAnswer => ({ kind: "unreachable" }));
    one.sending--;
    if (pending.get(sliceId) === one) settle(one, draft, answer);
  }

  function settle(one: Pending, sent: Draft, answer: DraftAnswer) {
    const { sliceId } = sent;
    switch (answer.kind) {
      case "saved":
        clearTimeout(one.timer);
        pending.delete(sliceId);
        return onSaved(sliceId, sent.id);
      case "kept":
        one.retryMs = firstRetryMs;
        one.replaces = undefined;
        // One that is higher than any from here is another window's, with this very draft.
        if (answer.revision > one.draft.revision) {
          one.overtaken = true;
          return onPlace(sliceId, "elsewhere");
        }
        if (one.sending === 0) goesOnFrom.set(sent.id, [answer.revision]);
        if (one.since !== null) return schedule(sliceId, restMs);
        if (one.sending === 0) onPlace(sliceId, "server");
        return;
      case "unreachable":
      case "signed-out":
        one.since ??= sent.changedAt;
        if (one.sending > 0) return;
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

  /** Beside a request that is under way as well: that one may never be answered. The server knows revisions apart. */
  function flush() {
    for (const [sliceId, one] of pending) {
      one.retryMs = firstRetryMs;
      deliver(sliceId);
    }
  }

  return {
    /** The draft has changed; `now` in milliseconds since 1970. `replaces` is sent along until the server has taken it. */
    changed(draft: Draft, now: number, replaces?: string): void {
      const { sliceId } = draft;
      const one: Pending = pending.get(sliceId) ?? {
        draft,
        replaces,
        since: null,
        sending: 0,
        overtaken: false,
        timer: undefined,
        retryMs: firstRetryMs,
        requests: Promise.resolve(),
      };
      one.draft = draft;
      one.replaces = replaces ?? one.replaces;
      one.since ??= now;
      pending.set(sliceId, one);
      if (one.sending === 0) onPlace(sliceId, one.overtaken ? "elsewhere" : "here");
      if (!one.overtaken) schedule(sliceId, Math.max(0, Math.min(restMs, one.since + longestMs - now)));
    },
    /** The server has one of these revisions of a draft: what it takes from here goes on from there. */
    serverHas(draftId: string, revisions: readonly number[]): void {
      goesOnFrom.set(draftId, revisions);
    },
    /** Sends at once what waits: the page is about to go, or the network is back. */
    flush,
    /** Nothing more of this slice is sent. Ends when what was under way has arrived; its answer changes nothing. */
    async forget(sliceId: string): Promise<void> {
      const one = pending.get(sliceId);
      clearTimeout(one?.timer);
      pending.delete(sliceId);
      await one?.requests;
    },
    /** Sends what waits a last time and stops; what does not arrive stays in the journal. */
    close(): void {
      flush();
      for (const one of pending.values()) clearTimeout(one.timer);
      pending.clear();
    },
  };
}
export type DraftSync = ReturnType<typeof createDraftSync>;
