/** A record that changed on the server. */
export interface Change {
  /** See `ChangeTopic` in lib/platform/jobs.ts. */
  topic: string;
  /** Of what changed. A label's or a drawing's is its slice, a prediction's its study, production's the model put there. */
  id: string;
}

/** Null: something may have changed, nobody knows what. `polled`: only because some time has passed. */
export type ChangeListener = (change: Change | null, how: { polled: boolean }) => void;

/** One stream a page however many listen: browsers open six connections to a server at most. */
const listeners = new Set<ChangeListener>();
let source: EventSource | null = null;

/**
 * Calls `listener` for each record that changes on the server, as /api/events tells; and with null when the stream
 * opens, every `pollMs` where none is open (a proxy that holds streams back), every tenth time where one is (the server
 * may have lost its own connection to the database for a moment), and when the page is shown again; of these not while
 * the server does not answer. Returns what ends it.
 */
export function watchChanges(listener: ChangeListener, { pollMs = 3_000 } = {}): () => void {
  listeners.add(listener);
  connect();
  let ended = false;
  const ask = async (polled: boolean) => {
    if ((await serverAnswers()) && !ended) listener(null, { polled });
  };
  let ticks = 0;
  const poll = setInterval(() => {
    ticks++;
    const open = source?.readyState === EventSource.OPEN;
    if (!document.hidden && (!open || ticks % 10 === 0)) void ask(true);
  }, pollMs);
  const whenShown = () => {
    connect();
    if (!document.hidden) void ask(false);
  };
  document.addEventListener("visibilitychange", whenShown);
  return () => {
    ended = true;
    listeners.delete(listener);
    document.removeEventListener("visibilitychange", whenShown);
    clearInterval(poll);
    connect();
  };
}

let asking: Promise<boolean> | null = null;

/**
 * False where nobody answers. Then nothing may be refreshed: Next.js would leave the page for the address it could not
 * get, and the browser would put its error page in the place of what a person is working on.
 */
function serverAnswers(): Promise<boolean> {
  asking ??= fetch("/api/health/live", { cache: "no-store" })
    .then(
      ({ ok }) => ok,
      () => false,
    )
    .finally(() => {
      asking = null;
    });
  return asking;
}

/** A hidden page holds no stream, so that many open tabs do not use up the browser's connections. */
function connect() {
  if (listeners.size === 0 || document.hidden) {
    source?.close();
    source = null;
  } else if (!source || source.readyState === EventSource.CLOSED) {
    source = new EventSource("/api/events");
    // What changed between the page's rendering and now, or while the stream was lost, was told to nobody.
    source.onopen = () => tell(null);
    source.onmessage = ({ data }) => tell(JSON.parse(data) as Change);
  }
}

function tell(change: Change | null) {
  for (const listener of [...listeners]) listener(change, { polled: false });
}
