import type { Core } from "../core";
import type { Draft } from "../drawing/draft";
import type { Words } from "../saves/save";
import { watch } from "../store";

/** A journal that does not answer holds nobody up for longer. */
const patienceMs = 2_000;

/** What an earlier visit left in this browser. Never rejects: where the browser keeps nothing, nothing is there. */
export async function readJournal({ ports, get }: Core): Promise<{ drafts: Draft[] }> {
  const patience = new Promise<Draft[]>((resolve) => setTimeout(resolve, patienceMs, []));
  const kept = ports.journal.draftsOf(get().server.study.id).catch(() => []);
  return { drafts: await Promise.race([kept, patience]) };
}

/** Takes saves and words of an earlier visit in, and keeps the words in the journal as they change. */
export function keepWords(core: Core): () => void {
  const { journal } = core.ports;
  const { id: studyId } = core.get().server.study;
  let ended = false;
  journal.savesOf(studyId).then(
    (saves) => ended || core.saves.resume(saves),
    () => {},
  );
  journal.wordsOf(studyId).then(
    // What was typed since the page opened is newer.
    (kept) => ended || core.put("kept", { words: new Map([...kept, ...core.get().kept.words]) }),
    () => {},
  );
  let before: ReadonlyMap<string, Words> = core.get().kept.words;
  const stop = watch(
    core,
    ({ kept }) => kept.words,
    (words) => {
      for (const [sliceId, said] of words) {
        if (before.get(sliceId) !== said) journal.putWords(sliceId, studyId, said).catch(() => {});
      }
      for (const sliceId of before.keys()) {
        if (!words.has(sliceId)) journal.removeWords(sliceId).catch(() => {});
      }
      before = words;
    },
  );
  return () => {
    ended = true;
    stop();
  };
}
