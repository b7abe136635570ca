import { type NotReady, readReadiness } from "@/lib/features/jobs/read-readiness";

export const dynamic = "force-dynamic";

const reasons: Record<NotReady, string> = {
  "no-worker": "no worker is alive",
  "no-database": "the database does not answer",
};

/** 200 once pages can be served, the database answers and a worker is alive; else 503 with the reason. */
export async function GET() {
  const readiness = await readReadiness();
  const answer = readiness.ready ? readiness : { ready: false, reason: reasons[readiness.reason] };
  return Response.json(answer, {
    status: readiness.ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
