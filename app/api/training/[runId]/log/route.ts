import { route } from "@/app/_server/route";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { RunId } from "@/lib/features/runs/schema";

/** A run's whole log as text, a line each: time, worker, words. */
export const GET = route(RunId, async (actor, input) => {
  const { number, lines } = await readRunLog(actor, input);
  const text = lines.map(({ at, worker, text }) => `${at.toISOString()}\t${worker ?? "system"}\t${text}\n`);
  return new Response(text.join(""), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="run-${number}.log"`,
      "Cache-Control": "no-store",
    },
  });
});
