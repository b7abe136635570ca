import { ImageError } from "@/lib/science/imaging/image-problem";
import { examinations } from "./examine-image";
import { type Answer, type Request, tooMuchMemory } from "./messages";

/*
 * The program that decodes files from outside (docs/decisions/0025): it takes one file after the other, answers with
 * facts or with what is wrong, and ends itself where its memory passes the limit it was given, in bytes.
 */

const limit = Number(process.argv[2]);
const answer = (message: Answer) => process.send?.(message);

setInterval(() => {
  if (process.memoryUsage.rss() > limit) process.exit(tooMuchMemory);
}, 20);
process.on("message", async ({ kind, bytes }: Request) => {
  try {
    answer({ facts: await examinations[kind](bytes) });
  } catch (error) {
    if (error instanceof ImageError) answer({ problem: error.said });
    else answer({ fault: (error as Error).stack ?? String(error) });
  }
  // What is left of a large image must not count for the next one: another process takes that.
  if (process.memoryUsage.rss() > limit / 2) process.disconnect();
});
// It ends with the process that it works for, which a terminal's Ctrl-C tells itself.
process.on("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
answer({ ready: true });
