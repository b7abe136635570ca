import Link from "next/link";
import { flagWord } from "@/app/_ui/label-words";
import { type QueueFilter, queueListHref, sliceHref } from "@/app/_ui/queue-href";
import { useCommand } from "../keys/use-command";
import type { Queue } from "../room/queue/queue";
import { useRoom, useRoomItself } from "../use-room";

const button =
  "rounded-[5px] border border-edge px-2 whitespace-nowrap enabled:hover:border-muted disabled:opacity-45";

/** Where the reader is among the flagged slices that they go through, and the ways on. */
export function QueueBar() {
  const queue = useRoom(({ now }) => now.queue);
  if (!queue) return null;
  return (
    <section
      aria-label="Queue"
      className="col-span-3 flex min-w-0 items-center gap-3 border-b border-line bg-panel2 px-3 py-0.5 text-[13px]"
    >
      <h2 className="truncate font-semibold">{queueName(queue.filter)}</h2>
      <Standing queue={queue} />
      <span className="flex-1" />
      <Advances />
      <BackButton />
      <SkipButton queue={queue} />
      <Link href={queueListHref(queue.filter)} className="whitespace-nowrap text-accent hover:underline">
        Back to list
      </Link>
    </section>
  );
}

/** e.g. `7 of 40 · 33 left · 2 skipped` */
function Standing({ queue: { visited, place } }: { queue: Queue }) {
  const here = visited.length + 1;
  return (
    <p role="status" className="whitespace-nowrap">
      {place ? (
        <>
          <b>{here.toLocaleString("en")}</b> of {(here + place.left).toLocaleString("en")}
          <span className="text-muted">
            {" "}
            · {place.left.toLocaleString("en")} left
            {place.before > 0 && ` · ${place.before.toLocaleString("en")} before it still flagged`}
          </span>
        </>
      ) : (
        <span className="text-muted">counting…</span>
      )}
    </p>
  );
}

function Advances() {
  const room = useRoomItself();
  const isOn = useRoom(({ view }) => view.queueAdvances);
  return (
    <label className="flex items-center gap-1.5 whitespace-nowrap text-muted">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => {
          room.run("set-queue-advances", event.target.checked);
          room.run("focus-pictures");
        }}
      />
      Next after a decision
    </label>
  );
}

function BackButton() {
  const { name, shownKey, ariaKeys, run } = useCommand("queue-back");
  const isOpen = useRoom(({ now }) => (now.queue?.visited.length ?? 0) > 0);
  return (
    <button type="button" className={button} disabled={!isOpen} aria-keyshortcuts={ariaKeys} onClick={run}>
      {name} <kbd className="text-muted">{shownKey}</kbd>
    </button>
  );
}

function SkipButton({ queue: { filter, place } }: { queue: Queue }) {
  const { shownKey, ariaKeys, run } = useCommand("next-flagged");
  return (
    <>
      <button
        type="button"
        className={button}
        disabled={place !== null && !place.next}
        aria-keyshortcuts={ariaKeys}
        onClick={run}
      >
        Skip <kbd className="text-muted">{shownKey}</kbd>
      </button>
      {/* Never followed: with it in view, the next study's page is there before it is asked for. */}
      {place?.next && (
        <Link
          href={sliceHref(place.next, filter)}
          prefetch={true}
          aria-hidden="true"
          tabIndex={-1}
          className="size-px"
        />
      )}
    </>
  );
}

function queueName({ reason, cohort, patients }: QueueFilter): string {
  const who = { REAL: ", real patients", PHANTOM: ", phantoms", ANY: ", all cohorts" };
  const why = reason === "ANY" ? "" : ` (${flagWord(reason)})`;
  const kept = patients === "TESTING" ? ", kept for testing" : "";
  return `Flagged${why}${cohort ? who[cohort] : ""}${kept}`;
}
