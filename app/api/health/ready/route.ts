import { type Missing, readReadiness } from "@/lib/features/jobs/read-readiness";

export const dynamic = "force-dynamic";

const reasons: Record<Missing, string> = {
  database: "the database does not answer",
  worker: "no worker is alive",
};

/** 200 once pages can be served, the database answers and a worker is alive; else 503 with what is missing and why. */
export async function GET() {
  const missing = await readReadiness();
  const ready = missing.length === 0;
  const reason = missing.map((part) => reasons[part]).join("; ");
  return Response.json(ready ? { ready } : { ready, missing, reason }, {
    status: ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
