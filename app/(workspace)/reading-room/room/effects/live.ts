import type { Core } from "../core";
import { merge } from "../merge";

/** Changes within this time become one look at the server. */
const quietMs = 300;

/** Keeps the study as the server has it: others' labels, predictions, flags. */
export function followStudy(core: Core): () => void {
  const { server, page } = core.ports;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watched = server.watchStudy(core.get().server.study, {
    told(study) {
      const known = core.get().server;
      core.put("server", { signedOut: false, study: merge(known.study, { source: "server", study }) });
    },
    // Who is signed out goes on drawing: nothing leads away from the page.
    refused: (code) => core.put("server", { signedOut: code === "unauthenticated" }),
  });
  core.refreshStudy = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void watched.again(), quietMs);
  };
  // What changed between the page's making and now was told to nobody.
  core.refreshStudy();
  const stopOnline = page.onOnline(() => core.saves.resend());
  return () => {
    clearTimeout(timer);
    watched.stop();
    stopOnline();
  };
}
