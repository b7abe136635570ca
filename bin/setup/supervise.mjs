import { eachLine } from "./children.mjs";

const longestWaitMs = 30_000;
const settledMs = 60_000;

/**
 * Keeps a service running: starts it, passes its lines on to `say`, and starts it again when it dies, after 1 s and
 * then twice as long each time up to 30 s; after a minute of life it counts as settled and the wait starts again.
 * Ends when `children` are stopped. `service` is `{ name, command, args, options }`.
 */
export function supervise(service, children, say) {
  let waitMs = 1000;
  const start = () => {
    if (children.stopping) return;
    const began = Date.now();
    const child = children.start(service.command, service.args, service.options);
    for (const stream of [child.stdout, child.stderr])
      eachLine(stream, (line) => say(`[${service.name}] ${line}`));
    const again = (how) => {
      if (children.stopping) return;
      if (Date.now() - began > settledMs) waitMs = 1000;
      say(`The ${service.name} process ended (${how}); starting it again in ${waitMs / 1000} s`);
      setTimeout(start, waitMs);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    };
    child.once("error", (error) => again(error.message));
    child.once("exit", (code, signal) => again(signal ?? `code ${code}`));
  };
  start();
}
