import { setTimeout as sleep } from "node:timers/promises";
import { makeBackoff } from "./backoff.mjs";

const lookEveryMs = 1000;

/**
 * Keeps a Postgres running. It is not our child process, so its end is not reported: this looks every second whether it
 * lives, and starts it again when it does not (`makeBackoff` says when). Says so with `say`. `server` is `{ isAlive, start, tidy }`: `start(signal)`
 * throws where it does not start, in words to which "; starting it again in ..." can be added; `tidy` is called at each look.
 *
 * Once `isStopping()` it starts nothing any more. Returns `end()`, which ends the looking, interrupts a start under
 * way by its signal, and waits for its end.
 */
export function keepPostgres(server, { say, isStopping = () => false }) {
  const ending = new AbortController();
  const { signal } = ending;
  const backoff = makeBackoff();

  const look = async () => {
    let began = Date.now();
    for (;;) {
      await sleep(lookEveryMs, undefined, { signal });
      server.tidy();
      if (server.isAlive()) continue;
      let problem = "The database process ended (its log may say why)";
      while (problem) {
        if (isStopping()) return;
        const waitMs = backoff.next(Date.now() - began);
        say(`${problem}; starting it again in ${waitMs / 1000} s`);
        await sleep(waitMs, undefined, { signal });
        if (isStopping()) return;
        began = Date.now();
        problem = await server.start(signal).then(
          () => null,
          (error) => error.message,
        );
      }
      if (!signal.aborted) say("The database runs again");
    }
  };
  const ended = look().catch((error) => {
    if (!signal.aborted) throw error;
  });
  return {
    end() {
      ending.abort();
      return ended;
    },
  };
}
