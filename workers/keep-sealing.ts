import { log } from "@/lib/platform/log";
import { sealAudit } from "@/lib/platform/seal-audit";

const everyMs = 2_000;

/** Seals new audit events every two seconds; several workers may do so at once. Returns a function that ends this. */
export function keepSealing(): () => void {
  let ended = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(async () => {
      // A database that is away for a moment is asked again.
      await sealAudit().catch((error) => log.warn(`audit: ${error}`));
      if (!ended) wait();
    }, everyMs);
    timer.unref();
  };
  wait();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
