import { maskChange } from "@/lib/science/imaging/mask-change";
import { type Draft, type Stroke, withStroke } from "./draft";
import type { OpenStroke, Session } from "./drawing";

interface Options {
  /** False once the session was given up: a drawing must not come back with the end of its stroke. */
  isCurrent(): boolean;
  now(): number;
  keep(draft: Draft): void;
  change(draft: Draft): void;
  /** Nothing was drawn after all. */
  drop(draft: Draft): void;
  show(): void;
  showSoon(): void;
}

/** While a stroke is under way, the journal gets it this often: a killed page loses no more than that. */
const keepEveryMs = 200;

/** A stroke on the session's mask, to be added to the draft that it has `begun`. */
export function openStroke(session: Session, of: Omit<Stroke, "change">, options: Options): OpenStroke {
  const { isCurrent, now, keep, change, drop, show, showSoon } = options;
  const before = session.mask.slice();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soFar = (): Stroke => ({ ...of, change: maskChange(before, session.mask) });
  const isOpen = () => isCurrent() && session.stroke === stroke;
  const close = (): Draft => {
    clearTimeout(timer);
    const begun = session.begun!;
    session.stroke = null;
    session.begun = null;
    return begun;
  };

  const stroke: OpenStroke = {
    mask: session.mask,
    painted() {
      if (!isOpen()) return;
      session.draft ??= session.begun;
      showSoon();
      timer ??= setTimeout(() => {
        timer = undefined;
        if (isOpen()) keep(withStroke(session.begun!, soFar(), now()));
      }, keepEveryMs);
    },
    end() {
      if (!isOpen()) return;
      const ended = soFar();
      if (ended.change.length === 0) stroke.cancel();
      else change(withStroke(close(), ended, now()));
    },
    cancel() {
      if (!isOpen()) return;
      const begun = close();
      session.mask.set(before);
      session.draft = begun.revision > 0 ? begun : null;
      if (session.draft) keep(begun);
      else drop(begun);
      show();
    },
  };
  return stroke;
}
