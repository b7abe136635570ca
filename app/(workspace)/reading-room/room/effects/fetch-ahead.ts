import { sliceHref } from "@/app/_ui/queue-href";
import type { Core } from "../core";
import { maskUrlsOf } from "../masks/slice-masks";
import { currentSlice, slicesOf } from "../selectors";
import { watchRested } from "./rested";

/** What is fetched ahead waits until the scrolling rests. */
const masksMs = 100;
/** While slices fly past, no history is asked for. */
const historyMs = 150;
/** The next slice is looked for once the reader has stayed this long on one. */
const nextSliceMs = 700;
/** The next study waits until this one has what it needs. */
const nextStudyMs = 1_500;

// Whoever looks at what is fetched ahead asks again and is told.
const ignore = () => {};

/** Fetches ahead what the reader is likely to look at next, and notes where they rest. */
export function fetchAhead(core: Core): () => void {
  const stops = [
    watchRested(
      core,
      (state) => currentSlice(state).id,
      historyMs,
      (restedOn) => core.put("now", { restedOn }),
    ),
    watchRested(core, currentSlice, masksMs, () => fetchMasks(core)),
    watchRested(
      core,
      (state) => `${currentSlice(state).id} ${state.view.afterDecision}`,
      nextSliceMs,
      () => void fetchNextSlice(core),
    ),
    fetchNextStudy(core),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function fetchMasks({ get, ports }: Core) {
  const slices = slicesOf(get());
  const { index } = get().view;
  for (const distance of [1, -1, 2, -2, 3, -3]) {
    const neighbour = slices[index + distance];
    if (!neighbour) continue;
    for (const url of Object.values(maskUrlsOf(neighbour)))
      if (url) ports.server.maskPath(url, neighbour.rows, neighbour.columns).catch(ignore);
  }
}

async function fetchNextSlice({ get, ports }: Core) {
  const { server, page } = ports;
  // A queue fetches its own.
  if (get().now.queue) return;
  const among = get().view.afterDecision === "unlabelled" ? "unlabelled" : "flagged";
  const next = await server.next(among, currentSlice(get()).id).catch(ignore);
  if (!next) return;
  server.fetchPicture(next.sliceId).catch(ignore);
  if (next.studyId !== get().server.study.id) page.prefetch(sliceHref(next));
}

/** The next study's first pictures, one after another while the browser is idle. */
function fetchNextStudy({ get, ports }: Core): () => void {
  const { server, page } = ports;
  const { nextStudy } = get().server.study;
  if (!nextStudy) return ignore;
  const wanted = [...nextStudy.firstSliceIds];
  let withdraw = ignore;
  const next = () => {
    const sliceId = wanted.shift();
    if (!sliceId) return;
    withdraw = page.whenIdle(() => void server.fetchPicture(sliceId).then(next, next));
  };
  const timer = setTimeout(() => {
    page.prefetch(`/studies/${nextStudy.id}`);
    next();
  }, nextStudyMs);
  return () => {
    clearTimeout(timer);
    wanted.length = 0;
    withdraw();
  };
}
