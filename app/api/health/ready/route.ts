import { readReadiness } from "@/lib/features/jobs/read-readiness";

export const dynamic = "force-dynamic";

/** 200 once pages can be served, the database answers and a worker is alive; else 503 with the reason. */
export async function GET() {
  const readiness = await readReadiness();
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
