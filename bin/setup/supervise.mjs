import { makeBackoff } from "./backoff.mjs";
import { eachLine } from "./children.mjs";

/**
 * Keeps a service running: starts it, passes its lines on to `say`, and starts it again when it dies (`makeBackoff` says
 * when). Ends when `children` are stopped. `service` is `{ name, command, args, options }`.
 */
export function supervise(service, children, say) {
  const backoff = makeBackoff();
  const start = () => {
    if (children.stopping) return;
    const began = Date.now();
    const child = children.start(service.command, service.args, service.options);
    for (const stream of [child.stdout, child.stderr])
      eachLine(stream, (line) => say(`[${service.name}] ${line}`));
    const again = (how) => {
      if (children.stopping) return;
      const waitMs = backoff.next(Date.now() - began);
      say(`The ${service.name} process ended (${how}); starting it again in ${waitMs / 1000} s`);
      setTimeout(start, waitMs);
    };
    child.once("error", (error) => again(error.message));
    child.once("exit", (code, signal) => again(signal ?? `code ${code}`));
  };
  start();
}
